import * as z from "zod";

import { VERDICTS } from "../report/report-schema.ts";

/** One run in a series. */
const trendPointSchema = z
  .strictObject({
    file: z.string(),
    /** ISO 8601, UTC. */
    startedAt: z.string(),
    suiteVersion: z.string(),
    subjectVersion: z.string(),
    verdict: z.enum(VERDICTS),
    /** `34/36 MUST · 9/11 SHOULD` */
    counts: z.string(),
    /** Rows that are better or worse than in the run before. */
    better: z.array(z.string()),
    worse: z.array(z.string()),
  })
  .meta({ id: "TrendPoint" });

/** The runs of one subject against one contract, the oldest first. */
const trendSeriesSchema = z
  .strictObject({ contract: z.string(), subject: z.string(), points: z.array(trendPointSchema) })
  .meta({ id: "TrendSeries" });

export const TREND_VERSION = "flynn-conformance-trend/1";

/** What `trend --report json=path` writes. */
export const trendSchema = z.strictObject({ schema: z.literal(TREND_VERSION), series: z.array(trendSeriesSchema) });

export type TrendPoint = z.infer<typeof trendPointSchema>;
export type Trend = z.infer<typeof trendSchema>;
