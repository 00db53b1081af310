import type * as z from "zod";

import { baselineSchema } from "../baseline/baseline-schema.ts";
import { comparisonSchema } from "../comparison/comparison-schema.ts";
import { trendSchema } from "../comparison/trend-schema.ts";
import { killMatrixSchema } from "../mutation/kill-matrix.ts";
import { sensitivitySchema } from "../sensitivity/sensitivity-schema.ts";
import { badgeSchema } from "../report/badge.ts";
import { reportSchema } from "../report/report-schema.ts";

/** A file that this suite writes or reads, and that other programs may too. */
export interface Format {
  /** Its JSON Schema, in `schemas/`. */
  readonly file: string;
  /** The name of the whole in that schema. */
  readonly name: string;
  readonly description: string;
  readonly schema: z.ZodType;
}

/** Every machine format of the suite. None of them holds a secret: each text has gone through the canary redaction of its session. */
export const formats: readonly Format[] = [
  { file: "report.v1.json", name: "Report", description: "What `flynn-conformance --report json=path` writes.", schema: reportSchema },
  {
    file: "baseline.v1.json",
    name: "Baseline",
    description: "What `flynn-conformance --baseline path` reads and `--update-baseline` writes.",
    schema: baselineSchema,
  },
  {
    file: "badge.v1.json",
    name: "Badge",
    description: "What `flynn-conformance --report badge=path` writes, for shields.io.",
    schema: badgeSchema,
  },
  { file: "diff.v1.json", name: "Diff", description: "What `flynn-conformance diff --report json=path` writes.", schema: comparisonSchema },
  { file: "trend.v1.json", name: "Trend", description: "What `flynn-conformance trend --report json=path` writes.", schema: trendSchema },
  {
    file: "sensitivity.v1.json",
    name: "Sensitivity",
    description: "What `flynn-conformance mutate --report json=path` writes.",
    schema: sensitivitySchema,
  },
  {
    file: "kill-matrix.v1.json",
    name: "KillMatrix",
    description: "What `flynn-conformance mutants --report json=path` writes.",
    schema: killMatrixSchema,
  },
];
