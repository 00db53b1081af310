import { Command, CommanderError, InvalidArgumentError, Option } from "commander";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import { printable } from "../report/printable.ts";
import { UsageError } from "./usage-error.ts";
import { suiteVersion } from "./version.ts";

const USAGE_EXIT = 2;

/** Runs one command line and gives its exit code. Nothing here ends the process. */
export async function main(argv: readonly string[]): Promise<number> {
  const [own, command] = splitAtDashes(argv);
  process.stdout.on("error", ignoreClosedPipe);
  let exitCode = 0;
  const program = buildProgram(command, (code) => {
    exitCode = code;
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

function buildProgram(command: readonly string[] | undefined, exit: (code: number) => void): Command {
  const program = new Command("flynn-conformance")
    .description("Checks an implementation of a Flynn contract, requirement by requirement.")
    .version(suiteVersion())
    .exitOverride()
    .showSuggestionAfterError()
    .addHelpText("after", HELP);

  program
    .command("run", { isDefault: true })
    .description("judge a subject; the default")
    .argument("[what...]", "contracts, and the module to judge; or a command after --")
    .option("--seed <text>", "decides names, values and order; random unless given")
    .option("--jobs <number>", "cases at a time", positiveInteger)
    .addOption(new Option("--driver <name>", "how to run a module").choices(["child", "in-process"]).default("child"))
    .option("--only <id>", "only this requirement, or a pattern such as SCAN-01*; can be given again", collect, [])
    .addOption(new Option("--level <level>", "only this level").choices(["MUST", "SHOULD"]))
    .option("--capability <flag>", "only what this capability brings in; can be given again", collect, [])
    .option("--report <kind=path>", "also write a report: json=path or junit=path; can be given again", collect, [])
    .option("--trace", "show what crossed the wire in each case that did not pass")
    .option("--accept-host-limits", "let rows pass that this machine cannot show, and list them")
    .option("--real-clock", "wait in real time for a subject that has no virtual clock")
    .option("--no-color", "no colours")
    .action(async (what: string[], options: RunFlags) => {
      const { runCommand } = await import("./run-command.ts");
      exit(await runCommand(what, command, options));
    });

  program
    .command("list")
    .description("list contracts and their requirements")
    .argument("[contract...]")
    .action(async (contracts: string[]) => {
      const { listCommand } = await import("./list-command.ts");
      listCommand(contracts);
    });

  program
    .command("explain")
    .description("say what a requirement asks, why, and what to try")
    .argument("<id>")
    .action(async (id: string) => {
      const { explainCommand } = await import("./explain-command.ts");
      explainCommand(id);
    });

  program
    .command("replay")
    .description("run one requirement of a JSON report again, with its seed and its subject")
    .argument("<report#id>", "such as report.json#SCAN-004")
    .action(async (reference: string) => {
      const { replayCommand } = await import("./replay-command.ts");
      exit(await replayCommand(reference));
    });

  program
    .command("host")
    .description("serve a module on stdin and stdout, as the child driver does")
    .argument("<module>")
    .action(() => undefined);

  program
    .command("mutants")
    .description("prove the suite: null subjects, liars and mutants, and which rows catch them")
    .argument("[contract...]")
    .option("--only <id>", "only this mutant, or a pattern; can be given again", collect, [])
    .option("--part <i/n>", "only this part of the mutants, such as 3/10; null subjects and liars always")
    .option("--jobs <number>", "mutants at a time", positiveInteger)
    .option("--seed <text>", "as for run")
    .option("--report <kind=path>", "also write the kill matrix: markdown=path or json=path", collect, [])
    .action(async (contracts: string[], options: MutantsFlags) => {
      const { mutantsCommand } = await import("./mutants-command.ts");
      exit(await mutantsCommand(contracts, options));
    });

  for (const subcommand of program.commands) subcommand.exitOverride().showSuggestionAfterError();
  return program;
}

export interface RunFlags {
  readonly seed?: string;
  readonly jobs?: number;
  readonly driver: "child" | "in-process";
  readonly only: readonly string[];
  readonly level?: "MUST" | "SHOULD";
  readonly capability: readonly string[];
  readonly report: readonly string[];
  readonly trace?: true;
  readonly acceptHostLimits?: true;
  readonly realClock?: true;
  readonly color: boolean;
}

export interface MutantsFlags {
  readonly only: readonly string[];
  readonly part?: string;
  readonly jobs?: number;
  readonly seed?: string;
  readonly report: readonly string[];
}

const HELP = `
Examples:
  flynn-conformance                                      judge what conformance.config.json names
  flynn-conformance skill-scanner ./my-scanner.ts        judge a module
  flynn-conformance skill-scanner -- python3 scanner.py  judge a command that speaks the wire
  flynn-conformance --only SCAN-004 --trace ./my-scanner.ts

Exit codes: 0 conformant, 1 not, 2 usage or bad subject, 3 nothing ran, 4 the suite itself failed.`;

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

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** `flynn-conformance list | head` is no failure. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE") throw error;
}
