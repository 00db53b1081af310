import { randomBytes } from "node:crypto";
import { availableParallelism } from "node:os";

import { exitCodeOf } from "../../judge/verdict.ts";
import { contractReport } from "../../report/build-report.ts";
import { countLine } from "../../report/count-line.ts";
import { printable } from "../../report/printable.ts";
import { programName } from "../../report/program-name.ts";
import { styleFor } from "../../report/style.ts";
import { FAULT_FAMILIES } from "../../sensitivity/boundary-fault.ts";
import { generateFaults } from "../../sensitivity/generate-faults.ts";
import { measureSensitivity } from "../../sensitivity/measure-sensitivity.ts";
import { sensitivityMarkdown, sensitivitySummary } from "../../sensitivity/sensitivity-text.ts";
import { sensitivityReport } from "../../sensitivity/sensitivity-report.ts";
import type { FaultResult } from "../../sensitivity/sensitivity-schema.ts";
import { idPattern } from "../id-pattern.ts";
import { reportFiles, writeReport } from "../report-files.ts";
import { assignmentsOf } from "../subjects/assignments.ts";
import { resolveSubjects } from "../subjects/resolve-subjects.ts";
import type { Assignment } from "../subjects/resolve-subjects.ts";
import { UsageError } from "../usage-error.ts";
import { suiteVersion } from "../version.ts";
import type { MutateFlags } from "./mutate-flags.ts";

const NOTHING_TO_MEASURE = 3;

/** Measures one subject against one contract. */
export async function mutateCommand(words: readonly string[], command: readonly string[] | undefined, flags: MutateFlags): Promise<number> {
  const files = reportFiles(flags.report, ["markdown", "json"]);
  const assignments = await assignmentsOf(resolveSubjects(words, command, flags.driver));
  const [assignment] = assignments;
  if (!assignment || assignments.length > 1) {
    const names = assignments.map(({ suite }) => suite.contract.name).join(", ");
    throw new UsageError(`One contract at a time: ${names}`, `Name it before the subject, such as: ${programName()} mutate skill-scanner`);
  }
  const wants = wantedFaults(flags.only, assignment);
  const out = files.some(({ path }) => path === "-") ? process.stderr : process.stdout;
  const style = styleFor(out, flags.color);
  const marks = { caught: style.green("caught"), noticed: style.green("noticed"), survived: style.yellow("survived") };
  let done = 0;
  let all = 0;
  const show = ({ outcome, title, caughtBy, id }: FaultResult): void => {
    done += 1;
    // Those without an occasion are listed at the end.
    if (outcome === "not-reached") return;
    const by =
      caughtBy.length > 0 ? `: ${caughtBy.slice(0, 4).join(", ")}${caughtBy.length > 4 ? ` and ${caughtBy.length - 4} more` : ""}` : "";
    const mark = `${marks[outcome]}${" ".repeat("survived ".length - outcome.length)}`;
    out.write(`${style.dim(`${String(done).padStart(String(all).length)}/${all}`)} ${mark} ${title}${by} ${style.dim(id)}\n`);
  };
  const seed = flags.seed ?? randomBytes(4).toString("hex");
  const measured = await measureSensitivity(assignment.suite, assignment.driver, {
    seed,
    jobs: flags.jobs ?? Math.min(4, availableParallelism()),
    suiteVersion: suiteVersion(),
    realClock: flags.realClock ?? false,
    wants,
    onUnspoilt: (result, faults) => {
      all = faults;
      const run = contractReport(result, assignment.suite.contract);
      out.write(`\n${style.bold(printable(`${run.contract} · ${run.subject.name} ${run.subject.version}`))}`);
      out.write(`${style.dim(printable(` (${run.subject.source}, seed ${seed})`))}\n\n`);
      out.write(`as it is: ${countLine(run)}, ${run.verdict.replaceAll("-", " ")}. Only rows that hold can guard anything.\n\n`);
    },
    onResult: show,
  });
  const report = sensitivityReport(measured, suiteVersion());
  out.write(`\n${sensitivitySummary(report)}\n`);
  for (const { kind, path } of files)
    writeReport(path, kind === "markdown" ? sensitivityMarkdown(report) : `${JSON.stringify(report, undefined, 2)}\n`);
  if (report.rows.length === 0) return NOTHING_TO_MEASURE;
  return exitCodeOf([measured.unspoilt]) === 4 ? 4 : 0;
}

function wantedFaults(only: readonly string[], { suite }: Assignment): (id: string) => boolean {
  if (only.length === 0) return () => true;
  const faults = generateFaults(suite.contract, 0);
  const wanted = only.flatMap((text) => {
    const pattern = idPattern(text);
    const matched = faults.filter(({ id, family }) => family === text || pattern.test(id)).map(({ id }) => id);
    if (matched.length === 0)
      throw new UsageError(
        `--only ${text} matches no fault of ${suite.contract.name}`,
        `Give a family (${FAULT_FAMILIES.join(", ")}), an id such as ${faults[0]?.id}, or a pattern.`,
      );
    return matched;
  });
  return (id) => wanted.includes(id);
}
