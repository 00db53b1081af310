import * as z from "zod";

import { STATUSES, VERDICTS } from "../report/report-schema.ts";

/** How one row of the later report stands beside the same row of the earlier one; the most pressing first. */
export const ROW_CHANGES = ["worse", "changed", "better", "scope", "new", "gone"] as const;
export type RowChangeKind = (typeof ROW_CHANGES)[number];

const rowChangeSchema = z
  .strictObject({
    /**
     * `changed`: it fails in another way, or is not shown for another reason. `scope`: a capability came or went. `new`, `gone`:
     * only one of the two suites has it.
     */
    kind: z.enum(ROW_CHANGES),
    id: z.string(),
    before: z.enum(STATUSES).nullable(),
    after: z.enum(STATUSES).nullable(),
    /** The requirement, in its words. */
    text: z.string(),
  })
  .meta({ id: "RowChange" });

const comparedRunSchema = z
  .strictObject({ verdict: z.enum(VERDICTS), subject: z.string() })
  .nullable()
  .meta({ id: "ComparedRun" });

const contractComparisonSchema = z
  .strictObject({
    contract: z.string(),
    /** `null` where that report has no run of the contract. */
    before: comparedRunSchema,
    after: comparedRunSchema,
    changes: z.array(rowChangeSchema),
  })
  .meta({ id: "ContractComparison" });

export const COMPARISON_VERSION = "flynn-conformance-diff/1";

/** What `diff --report json=path` writes. */
export const comparisonSchema = z.strictObject({
  schema: z.literal(COMPARISON_VERSION),
  contracts: z.array(contractComparisonSchema),
  /** What makes the two hard to compare: another suite, a run of some rows only. */
  remarks: z.array(z.string()),
  isWorse: z.boolean(),
});

export type RowChange = z.infer<typeof rowChangeSchema>;
export type ContractComparison = z.infer<typeof contractComparisonSchema>;
export type ReportComparison = z.infer<typeof comparisonSchema>;
