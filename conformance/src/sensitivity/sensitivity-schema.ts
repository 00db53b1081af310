import * as z from "zod";

import { VERDICTS } from "../report/report-schema.ts";
import { FAULT_FAMILIES } from "./boundary-fault.ts";

export const FAULT_OUTCOMES = ["caught", "noticed", "survived", "not-reached"] as const;

/** What came of one fault around one subject. */
const faultResultSchema = z
  .strictObject({
    id: z.string(),
    family: z.enum(FAULT_FAMILIES),
    /** What the subject seemed to do, as a sentence without its subject. */
    title: z.string(),
    /**
     * `caught`: rows that held without the fault fail with it. `noticed`: none fails, but some cannot be shown any more.
     * `survived`: it was put in, and every row holds all the same. `not-reached`: nothing that the suite did gave it an
     * occasion, so it shows nothing.
     */
    outcome: z.enum(FAULT_OUTCOMES),
    /** How often it changed something. */
    fired: z.int(),
    /** The rows that failed because of it; of one that was only noticed, those that could not be shown. */
    caughtBy: z.array(z.string()),
  })
  .meta({ id: "Fault" });

export const SENSITIVITY_VERSION = "flynn-sensitivity/1";

/** What `mutate --report json=path` writes. */
export const sensitivitySchema = z.strictObject({
  schema: z.literal(SENSITIVITY_VERSION),
  suite: z.strictObject({ name: z.literal("flynn-conformance"), version: z.string() }),
  contract: z.string(),
  subject: z.strictObject({ name: z.string(), version: z.string(), source: z.string() }),
  seed: z.string(),
  /** Of the run without a fault. */
  verdict: z.enum(VERDICTS),
  faults: z.array(faultResultSchema),
  /** Each row that passes without a fault, with the faults that it notices. */
  rows: z.array(z.strictObject({ id: z.string(), guards: z.array(z.string()) })),
});

export type FaultResult = z.infer<typeof faultResultSchema>;
export type SensitivityReport = z.infer<typeof sensitivitySchema>;
