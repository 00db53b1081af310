import type { ContractDefinition } from "@flynn/sdk/wire";

import type { ContractResult, RowResult } from "../judge/results.ts";
import { programName } from "./program-name.ts";
import { shellQuote } from "./shell-quote.ts";
import { REPORT_VERSION } from "./report-schema.ts";
import type { BaselineReport, CaseReport, ContractReport, Report, RowReport } from "./report-schema.ts";

/** What a whole command came to. */
export interface RunOutcome {
  readonly suiteVersion: string;
  readonly startedAt: Date;
  readonly exitCode: number;
  readonly runs: readonly ContractReport[];
  readonly baseline: BaselineReport | undefined;
}

/** The report of a whole command, ready to be written. */
export function buildReport({ suiteVersion, startedAt, exitCode, runs, baseline }: RunOutcome): Report {
  return {
    schema: REPORT_VERSION,
    suite: { name: "flynn-conformance", version: suiteVersion },
    startedAt: startedAt.toISOString(),
    exitCode,
    runs: [...runs],
    ...(baseline ? { baseline } : {}),
  };
}

export function contractReport(result: ContractResult, contract: ContractDefinition): ContractReport {
  const { rows, acceptedHostLimits, capabilities, subject, ...rest } = result;
  const { command, ...named } = subject;
  const untestable = contract.requirements.flatMap(({ id, text, untestable: reason }) =>
    reason === undefined ? [] : [{ id, text, reason }],
  );
  return {
    ...rest,
    subject: { ...named, ...(command ? { command: [...command] } : {}) },
    acceptedHostLimits: [...acceptedHostLimits],
    rows: rows.map((row) => rowReport(row, result)),
    capabilities: capabilities.map((capability) => ({ ...capability, rows: [...capability.rows] })),
    untestable,
  };
}

function rowReport(row: RowResult, result: ContractResult): RowReport {
  const { id, level, text, hint } = row.requirement;
  return {
    id,
    level,
    text,
    status: row.status,
    ...(row.reason === undefined ? {} : { reason: row.reason }),
    ...(row.blockedBy === undefined ? {} : { blockedBy: row.blockedBy }),
    ...(row.isHostLimit ? { isHostLimit: true as const } : {}),
    ...(row.evidence === undefined ? {} : { evidence: row.evidence }),
    hint,
    specification: specificationOf(id, result.contract),
    replay: replayLine(id, result),
    cases: row.cases.map((judged) => structuredClone(judged) as CaseReport),
  };
}

export function specificationOf(id: string, contract: string): string {
  const page = id.startsWith("WIRE-") ? "wire" : contract.split("@", 1)[0];
  return `docs/spec/${page}.md#${id.toLowerCase()}`;
}

/** The command that runs one row again as it was run. */
export function replayLine(id: string, result: Pick<ContractResult, "contract" | "subject" | "driver" | "seed" | "realClock">): string {
  const [contract] = result.contract.split("@", 1);
  const driver = result.driver === "in-process" ? " --driver in-process" : "";
  const realClock = result.realClock ? " --real-clock" : "";
  const flags = `--only ${id} --seed ${shellQuote(result.seed)} --trace${realClock}${driver}`;
  const { command, source } = result.subject;
  const subject = command ? `-- ${command.map(shellQuote).join(" ")}` : shellQuote(source);
  return `${programName()} run ${flags} ${contract} ${subject}`;
}
