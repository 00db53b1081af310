import { statSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

import { BadSubject } from "../../diagnosis/bad-subject.ts";
import { printable } from "../../report/printable.ts";
import type { ContractReport } from "../../report/report-schema.ts";
import { styleFor } from "../../report/style.ts";
import { judgeAssignments } from "../run/judge-assignments.ts";
import type { RunPlan } from "../run/run-plan.ts";
import { outputOf, printRuns, showRuns } from "../run/show-runs.ts";
import { UsageError } from "../usage-error.ts";
import { Changes } from "./changes.ts";
import { playRound } from "./rounds.ts";
import type { RoundSurroundings, RowKeys } from "./rounds.ts";

/** Judges again at each change until the process is ended. Does not come back. */
export async function watchCommand(plan: RunPlan): Promise<never> {
  const folders = watchedFolders(plan);
  const written = [...plan.files.map(({ path }) => path), ...(plan.baseline ? [plan.baseline.path] : [])];
  const changes = await Changes.below(folders, written);
  const screen = new WatchScreen(plan, folders);
  let failed: RowKeys = new Set();
  let why = "";
  for (;;) {
    const stop = new AbortController();
    const change = changes.next();
    void change.then(() => stop.abort());
    screen.begin(why);
    failed = await playRound(failed, stop.signal, surroundingsOf(plan, screen));
    if (!stop.signal.aborted) screen.wait();
    why = changedWords(await change);
  }
}

function surroundingsOf(plan: RunPlan, screen: WatchScreen): RoundSurroundings {
  let startedAt = new Date();
  return {
    judge: (rows, signal) => {
      startedAt = new Date();
      return judgeRows(plan, rows, signal);
    },
    showFailedFirst: (runs) => screen.failedFirst(runs),
    showWhole: async (runs) => {
      screen.clear();
      await showRuns(plan, runs, startedAt);
    },
    showProblem: (error) => screen.problem(error),
  };
}

/** Each contract with its own rows, because the WIRE rows of all have the same ids. */
async function judgeRows(plan: RunPlan, rows: RowKeys | undefined, signal: AbortSignal): Promise<readonly ContractReport[]> {
  if (!rows) return judgeAssignments(plan.assignments, { ...plan, signal });
  const runs: ContractReport[] = [];
  for (const assignment of plan.assignments) {
    const { name, version } = assignment.suite.contract;
    const selection = ({ id }: { readonly id: string }): boolean => rows.has(`${name}@${version} ${id}`);
    runs.push(...(await judgeAssignments([assignment], { ...plan, selection, signal })));
  }
  return runs;
}

function watchedFolders({ flags, assignments }: RunPlan): readonly string[] {
  for (const folder of flags.watchFolder) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new UsageError(`--watch-folder ${folder} is not a folder`, "Name the folder that your sources are in.");
  }
  if (flags.watchFolder.length > 0) return flags.watchFolder.map((folder) => resolve(folder));
  const folders = assignments.map(({ driver }) => (driver.command ? process.cwd() : dirname(resolve(driver.subject))));
  return [...new Set(folders)];
}

function changedWords(paths: readonly string[]): string {
  const names = paths.map((path) => relative(process.cwd(), path) || path);
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}

/** What is on the terminal between two changes; elsewhere, one round after the other. */
class WatchScreen {
  readonly #plan: RunPlan;
  readonly #folders: string;
  readonly #out: NodeJS.WriteStream;
  #why = "";

  constructor(plan: RunPlan, folders: readonly string[]) {
    this.#plan = plan;
    this.#folders = folders.map((folder) => relative(process.cwd(), folder) || ".").join(", ");
    this.#out = outputOf(plan);
  }

  begin(why: string): void {
    this.#why = why;
    this.clear();
  }

  clear(): void {
    if (this.#out.isTTY && process.env["CI"] === undefined) this.#out.write("\u001B[2J\u001B[3J\u001B[H");
    if (this.#why !== "") this.#out.write(`${this.#dim(`changed: ${this.#why}`)}\n`);
  }

  failedFirst(runs: readonly ContractReport[]): void {
    printRuns(this.#plan, runs);
    this.#out.write(`${this.#dim("What failed last time is above; now all of it …")}\n`);
  }

  problem(error: unknown): void {
    if (!(error instanceof BadSubject) && !(error instanceof UsageError)) throw error;
    const kind = error instanceof BadSubject ? `bad subject (${error.reason})` : "error";
    this.#out.write(printable(`${kind}: ${error.message}\n${error.next ? `next: ${error.next}\n` : ""}`));
  }

  wait(): void {
    this.#out.write(`${this.#dim(`watching ${this.#folders}; Ctrl-C ends it`)}\n`);
  }

  #dim(text: string): string {
    return styleFor(this.#out, this.#plan.flags.color).dim(printable(text));
  }
}
