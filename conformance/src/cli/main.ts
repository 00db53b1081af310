import { Command, CommanderError } from "commander";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import { printable } from "../report/printable.ts";
import type { CommandDefinition, CommandSurroundings } from "./command-definition.ts";
import { defineDiff } from "./diff/define-diff.ts";
import { defineExplain } from "./explain/define-explain.ts";
import { defineHost } from "./host/define-host.ts";
import { defineInit } from "./init/define-init.ts";
import { defineList } from "./list/define-list.ts";
import { defineMutants } from "./mutants/define-mutants.ts";
import { defineMutate } from "./mutate/define-mutate.ts";
import { defineReplay } from "./replay/define-replay.ts";
import { defineRun } from "./run/define-run.ts";
import { defineSmoke } from "./smoke/define-smoke.ts";
import { defineTrend } from "./trend/define-trend.ts";
import { UsageError } from "./usage-error.ts";
import { suiteVersion } from "./version.ts";

const USAGE_EXIT = 2;

/** In the order in which `--help` lists them. */
const COMMANDS: readonly CommandDefinition[] = [
  defineRun,
  defineInit,
  defineSmoke,
  defineList,
  defineExplain,
  defineReplay,
  defineMutate,
  defineDiff,
  defineTrend,
  defineMutants,
  defineHost,
];

const HELP = `
Examples:
  flynn-conformance init skill-scanner                   write a first subject, which then says what to do
  flynn-conformance smoke ./my-scanner.ts                is it wired?
  flynn-conformance                                      judge what conformance.config.json names
  flynn-conformance skill-scanner ./my-scanner.ts        judge a module
  flynn-conformance skill-scanner -- python3 scanner.py  judge a command that speaks the wire
  flynn-conformance --only SCAN-004 --trace ./my-scanner.ts

Exit codes: 0 conformant, 1 not, 2 usage or bad subject, 3 nothing ran, 4 the suite itself failed.`;

/** Runs one command line and gives its exit code. Nothing here ends the process. */
export async function main(argv: readonly string[]): Promise<number> {
  const [own, subjectCommand] = splitAtDashes(argv);
  process.stdout.on("error", ignoreClosedPipe);
  let exitCode = 0;
  const program = buildProgram({
    subjectCommand,
    exit: (code) => {
      exitCode = code;
    },
  });
  try {
    await program.parseAsync([...own], { from: "user" });
    return exitCode;
  } catch (error) {
    return explainFailure(error);
  }
}

/** What follows the first `--` is the subject's command line and none of ours. */
function splitAtDashes(argv: readonly string[]): readonly [readonly string[], readonly string[] | undefined] {
  const at = argv.indexOf("--");
  return at === -1 ? [argv, undefined] : [argv.slice(0, at), argv.slice(at + 1)];
}

function buildProgram(surroundings: CommandSurroundings): Command {
  const program = new Command("flynn-conformance")
    .description("Checks an implementation of a Flynn contract, requirement by requirement.")
    .version(suiteVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("after", HELP);
  for (const define of COMMANDS) define(program, surroundings);
  for (const subcommand of program.commands) subcommand.exitOverride().showSuggestionAfterError();
  return program;
}

function explainFailure(error: unknown): number {
  // Commander has printed its own message, and help and version are no failures.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE_EXIT;
  if (error instanceof UsageError || error instanceof BadSubject) {
    const kind = error instanceof BadSubject ? `bad subject (${error.reason})` : "error";
    process.stderr.write(printable(`${kind}: ${error.message}\n${error.next ? `next: ${error.next}\n` : ""}`));
    return USAGE_EXIT;
  }
  process.stderr.write(`The suite itself failed. Please report this:\n${error instanceof Error ? error.stack : String(error)}\n`);
  return 4;
}

/** `flynn-conformance list | head` is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
