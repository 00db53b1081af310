import * as z from "zod";

import type { ContractReport, Report } from "./report-schema.ts";

/** The file that shields.io reads as an endpoint badge: https://shields.io/badges/endpoint-badge */
export const badgeSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** The contract with its version. */
  label: z.string(),
  /** The verdict, the profile that it was given for, and the day. Never a percentage: requirements do not weigh the same. */
  message: z.string(),
  color: z.enum(["brightgreen", "red", "lightgrey"]),
});

export type Badge = z.infer<typeof badgeSchema>;

/** The badge of a report of one contract. */
export function badge(report: Report): Badge {
  const [run, ...others] = report.runs;
  if (!run || others.length > 0) throw new Error(`A badge is of one contract, and the report has ${report.runs.length}`);
  return {
    schemaVersion: 1,
    label: run.contract,
    message: [verdictOf(run), profileOf(run), report.startedAt.slice(0, 10)].join(" · "),
    color: colourOf(run),
  };
}

function colourOf({ verdict, isFiltered }: ContractReport): Badge["color"] {
  if (isFiltered) return "lightgrey";
  if (verdict === "conformant") return "brightgreen";
  return verdict === "not-conformant" ? "red" : "lightgrey";
}

/** What the verdict was given for: the capabilities that were judged, and what was let pass. */
export function profileOf(run: ContractReport): string {
  const declared = run.capabilities.filter(({ declared: isDeclared }) => isDeclared).map(({ flag }) => flag);
  const limits = run.acceptedHostLimits.length;
  return [
    ["core", ...declared].join(" + "),
    ...(limits > 0 ? [`${limits} not shown on this host`] : []),
    ...(run.realClock ? ["real clock"] : []),
  ].join(", ");
}

function verdictOf(run: ContractReport): string {
  // Some of the rows make no claim about the whole, whichever way they came out.
  if (run.isFiltered) return "no claim";
  return {
    conformant: "conformant",
    "not-conformant": "not conformant",
    "no-claim": "no claim",
    "nothing-ran": "nothing ran",
    "harness-error": "no verdict",
  }[run.verdict];
}
