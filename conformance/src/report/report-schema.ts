import * as z from "zod";

import { jsonSchema } from "@flynn/sdk/wire";

import { BASELINE_PROBLEMS } from "../baseline/baseline-problem.ts";
import { CAPABILITY_JUDGEMENTS, CAPABILITY_OBSERVATIONS } from "../judge/capability.ts";

/*
 * The JSON report: what `--report json=path` writes and `replay` reads. No value in it is a secret: every text has gone
 * through the canary redaction of its session.
 */

export const STATUSES = ["PASS", "FAIL", "WARN", "N/A", "INCONCLUSIVE", "NOT_RUN", "HARNESS_ERROR"] as const;
export const VERDICTS = ["conformant", "not-conformant", "no-claim", "nothing-ran", "harness-error"] as const;

const status = z.enum(STATUSES);

export const checkReportSchema = z
  .strictObject({
    name: z.string(),
    holds: z.boolean(),
    did: z.string(),
    expected: z.string(),
    got: z.string(),
    next: z.string().optional(),
  })
  .meta({ id: "Check" });

export const transcriptLineSchema = z
  .strictObject({
    direction: z.enum(["to-subject", "from-subject", "stderr"]),
    text: z.string(),
    /** Milliseconds of real time since the case began. */
    atMs: z.number(),
  })
  .meta({ id: "TranscriptLine" });

export const caseReportSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    status,
    durationMs: z.number(),
    checks: z.array(checkReportSchema),
    reason: z.string().optional(),
    blockedBy: z.string().optional(),
    isHostLimit: z.literal(true).optional(),
    /** Of a case that failed: the same for the same failure, whatever the seed. A baseline entry names it. */
    fingerprint: z.string().optional(),
    /** Of a negative requirement: how its absence was shown to be seen, to be missing elsewhere, and to be final. */
    witnesses: z
      .strictObject({ sensor: z.string().optional(), contrast: z.string().optional(), barrier: z.string().optional() })
      .optional(),
    notes: z.array(z.strictObject({ text: z.string(), data: jsonSchema.optional() })),
    transcript: z.array(transcriptLineSchema).optional(),
  })
  .meta({ id: "Case" });

export const rowReportSchema = z
  .strictObject({
    id: z.string(),
    level: z.enum(["MUST", "SHOULD"]),
    text: z.string(),
    status,
    reason: z.string().optional(),
    blockedBy: z.string().optional(),
    isHostLimit: z.literal(true).optional(),
    evidence: z.string().optional(),
    hint: z.string(),
    /** The page of the specification, relative to the project. */
    specification: z.string(),
    /** A command that runs this row again, with the same seed. */
    replay: z.string(),
    cases: z.array(caseReportSchema),
  })
  .meta({ id: "Row" });

export const capabilityReportSchema = z
  .strictObject({
    flag: z.string(),
    declared: z.boolean(),
    observed: z.enum(CAPABILITY_OBSERVATIONS),
    judgement: z.enum(CAPABILITY_JUDGEMENTS),
    /** The rows that show it. */
    rows: z.array(z.string()),
  })
  .meta({ id: "Capability" });

export const contractReportSchema = z
  .strictObject({
    contract: z.string(),
    verdict: z.enum(VERDICTS),
    subject: z.strictObject({ name: z.string(), version: z.string(), source: z.string(), command: z.array(z.string()).optional() }),
    driver: z.string(),
    seed: z.string(),
    /** Time passed for real, because the subject has no virtual clock. */
    realClock: z.boolean(),
    durationMs: z.number(),
    /** The run left rows out on request and makes no claim about the whole. */
    isFiltered: z.boolean(),
    acceptedHostLimits: z.array(z.string()),
    rows: z.array(rowReportSchema),
    /** What the subject declares it can do, beside what was seen of it. */
    capabilities: z.array(capabilityReportSchema),
    /** Requirements that no case can show, with the reason. */
    untestable: z.array(z.strictObject({ id: z.string(), text: z.string(), reason: z.string() })),
  })
  .meta({ id: "ContractReport" });

export const baselineReportSchema = z
  .strictObject({
    /** The file, as it was given. */
    path: z.string(),
    /** Cases that fail as the file says. */
    excused: z.array(z.strictObject({ contract: z.string(), id: z.string(), case: z.string() })),
    /** Rows that wait for an excused one. */
    waiting: z.array(z.strictObject({ contract: z.string(), id: z.string() })),
    /** What the run and the file do not agree about. Without any, the run exits 0 though it is not conformant. */
    problems: z.array(
      z.strictObject({ kind: z.enum(BASELINE_PROBLEMS), contract: z.string(), id: z.string(), case: z.string(), text: z.string() }),
    ),
  })
  .meta({ id: "BaselineComparison" });

export const REPORT_VERSION = "flynn-conformance-report/1";

export const reportSchema = z.strictObject({
  schema: z.literal(REPORT_VERSION),
  suite: z.strictObject({ name: z.literal("flynn-conformance"), version: z.string() }),
  /** ISO 8601, UTC. */
  startedAt: z.string(),
  exitCode: z.int(),
  runs: z.array(contractReportSchema),
  /** Of a run with `--baseline`. */
  baseline: baselineReportSchema.optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type BaselineReport = z.infer<typeof baselineReportSchema>;
export type ContractReport = z.infer<typeof contractReportSchema>;
export type RowReport = z.infer<typeof rowReportSchema>;
export type CapabilityReport = z.infer<typeof capabilityReportSchema>;
export type CaseReport = z.infer<typeof caseReportSchema>;
