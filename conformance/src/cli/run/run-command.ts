import { judgeAssignments } from "./judge-assignments.ts";
import type { RunFlags } from "./run-flags.ts";
import { planRun } from "./run-plan.ts";
import { showRuns } from "./show-runs.ts";

export async function runCommand(words: readonly string[], command: readonly string[] | undefined, flags: RunFlags): Promise<number> {
  const plan = await planRun(words, command, flags);
  if (flags.watch) {
    const { watchCommand } = await import("../watch/watch-command.ts");
    return watchCommand(plan);
  }
  const startedAt = new Date();
  return showRuns(plan, await judgeAssignments(plan.assignments, plan), startedAt);
}
