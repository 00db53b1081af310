import { Command, CommanderError, InvalidArgumentError } from "commander";

import { VERSION } from "../version.ts";
import type { TailCommandOptions } from "./audit-tail.ts";
import type { VerifyCommandOptions } from "./audit-verify.ts";
import type { ElevateCommandOptions } from "./elevate.ts";
import { EXIT } from "./exit-codes.ts";
import { addSkillsCommands } from "./skills-commands.ts";
import { write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

/** Runs one command and gives the exit status. What a command needs is loaded when it is run, so that `--version` loads little. */
export async function main(args: readonly string[], context: CommandContext): Promise<number> {
  let status: number = EXIT.ok;
  const program = commandTree(context, (code) => {
    status = code;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    await write(context.stderr, `flynn: ${faultOf(error)}\n`);
    return EXIT.fault;
  }
}

/** An error of the system, such as a full disk behind stdout, is told by its message; anything else needs its stack. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOfSystem = "syscall" in error;
  return isOfSystem ? error.message : `this is a fault of flynn itself: ${error.stack}`;
}

function commandTree(context: CommandContext, exitWith: (status: number) => void): Command {
  const program = new Command("flynn")
    .description("The Flynn reference daemon")
    .version(VERSION, "-V, --version", "print the version")
    .exitOverride()
    // The words after the first of `flynn elevate` are its own, options included.
    .enablePositionalOptions()
    .configureOutput({ writeOut: (text) => context.stdout.write(text), writeErr: (text) => context.stderr.write(text) })
    .showHelpAfterError("Run it with --help to see what it takes.");
  addSkillsCommands(program, context, exitWith);
  addAuditCommands(program, context, exitWith);
  addElevateCommand(program, context, exitWith);
  return program;
}

function addElevateCommand(program: Command, context: CommandContext, exitWith: (status: number) => void): void {
  program
    .command("elevate")
    .description("open a session in which a person can let programs run on the host, for a while")
    .argument("[words...]", "what the session begins with after /elevate, such as: 10m restart nginx")
    .option("--config <file>", "the configuration (default: $FLYNN_CONFIG, or flynn/config.json in $XDG_CONFIG_HOME or ~/.config)")
    .option(
      "--state-dir <folder>",
      "the folder that holds audit (default: $FLYNN_STATE_DIR, $XDG_STATE_HOME/flynn or ~/.local/state/flynn)",
    )
    .option("--workspace <folder>", "where programs work, and all that they may write to in the sandbox (default: this folder)")
    .passThroughOptions()
    .addHelpText("after", ELEVATE_HELP)
    .action(async (words: string[], options: ElevateCommandOptions, command: Command) => {
      const { elevateCommand } = await import("./elevate.ts");
      exitWith(await elevateCommand(words, options, context, (problem) => command.error(`error: ${problem}`)));
    });
}

function addAuditCommands(program: Command, context: CommandContext, exitWith: (status: number) => void): void {
  const audit = program.command("audit").description("read the audit log");
  audit
    .command("verify")
    .description("say whether the audit log is complete and unchanged")
    .option("--dir <folder>", AUDIT_FOLDER)
    .option("--json", "print one JSON document: { schema, folder, result }")
    .addHelpText("after", VERIFY_HELP)
    .action(async (options: VerifyCommandOptions, command: Command) => {
      const { verifyCommand } = await import("./audit-verify.ts");
      exitWith(await verifyCommand(options, context, (problem) => command.error(`error: ${problem}`)));
    });
  audit
    .command("tail")
    .description("print the last events of the audit log, oldest first")
    .option("--dir <folder>", AUDIT_FOLDER)
    .option("-n, --count <count>", "how many", positiveCount, 10)
    .option("--json", "print one JSON document: { schema, folder, entries: [{ event } or { text, problem }] }")
    .action(async (options: TailCommandOptions, command: Command) => {
      const { tailCommand } = await import("./audit-tail.ts");
      exitWith(await tailCommand(options, context, (problem) => command.error(`error: ${problem}`)));
    });
}

const AUDIT_FOLDER =
  "the folder that holds audit.jsonl (default: audit in $FLYNN_STATE_DIR, $XDG_STATE_HOME/flynn or ~/.local/state/flynn)";

const VERIFY_HELP = `
Exit status:
  0  the log is intact
  2  the log is broken, and stdout says at which line; or the command line is wrong or there is no log, and stderr says so
  3  the end of the log is missing
  4  the log cannot be read

A log is intact at least up to its last checkpoint. Whoever can read audit.key can write another log and a checkpoint for it.`;

const ELEVATE_HELP = `
In the session, a line is one of these:
  /elevate 10m restart nginx       ask for the host; --once and --tools=exec come before the reason
  /elevate confirm <code>          give the code that was shown
  /elevate [status]                what is active, and for how long
  /elevate deny, /elevate revoke   withdraw the request, end the grant
  exit                             end the session; so does the end of the input
  anything else                    a program and its arguments, in quotes where need be; no shell is between

A program runs on the host while a grant is active, else in the sandbox, else not at all. Ctrl-C ends the program that runs; at
the prompt it ends the session. With the session its grants end, and its programs. Elevation is off unless the configuration says
{ "elevation": { "enabled": true, "principals": ["self"] } }.

Exit status:
  0    the session came to its end
  2    the command line or the configuration is wrong
  4    the audit log cannot be written, or the input not read
  130  interrupted at the prompt; 129, 131, 143: ended by SIGHUP, SIGQUIT, SIGTERM`;

function positiveCount(text: string): number {
  if (!/^[1-9][0-9]{0,5}$/u.test(text)) throw new InvalidArgumentError("Give a number from 1 to 999999.");
  return Number(text);
}
