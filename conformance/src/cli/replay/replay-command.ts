import { readReport } from "../read-report.ts";
import { runCommand } from "../run/run-command.ts";
import { UsageError } from "../usage-error.ts";

const EXAMPLE = "flynn-conformance replay report.json#SCAN-004";

/** Runs one row of a report again: same contract, subject, driver and seed, with the transcript shown. */
export async function replayCommand(reference: string): Promise<number> {
  const at = reference.lastIndexOf("#");
  if (at < 1) throw new UsageError(`${reference} is not report#id`, `Write: ${EXAMPLE}`);
  const [path, id] = [reference.slice(0, at), reference.slice(at + 1).toUpperCase()];
  const report = readReport(path);
  const having = report.runs.filter((candidate) => candidate.rows.some((row) => row.id === id));
  // A WIRE row stands in the run of each contract; the one to see again is the one that did not pass.
  const run = having.find((candidate) => candidate.rows.some((row) => row.id === id && row.status !== "PASS")) ?? having[0];
  if (!run)
    throw new UsageError(
      `${path} has no requirement ${id}`,
      `It has ${report.runs.flatMap((candidate) => candidate.rows.map((row) => row.id)).join(", ")}.`,
    );
  const { source, command } = run.subject;
  const [contract = ""] = run.contract.split("@", 1);
  return runCommand(command ? [contract] : [contract, source], command, {
    seed: run.seed,
    driver: run.driver === "in-process" ? "in-process" : "child",
    only: [id],
    capability: [],
    report: [],
    watchFolder: [],
    trace: true,
    ...(run.realClock ? { realClock: true as const } : {}),
    color: true,
  });
}
