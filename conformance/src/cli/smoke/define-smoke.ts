import type { CommandDefinition } from "../command-definition.ts";
import { moduleDriverOption } from "../option-values.ts";
import type { SmokeFlags } from "./smoke-command.ts";

const HELP = `
Starts the subject, says hello, opens it, calls each method once and ends it, and says for each step whether it went well. A wrong
answer is fine here; no answer, or one that breaks the wire, is not. Then the first requirement of the contract is tried.

Exit codes: 0 the harness is wired, whatever the implementation does; 1 it breaks the wire; 2 usage, or the subject cannot be
loaded, started or greeted, or does not offer the contract; 4 the suite itself failed.`;

export const defineSmoke: CommandDefinition = (program, { subjectCommand, exit }) => {
  program
    .command("smoke")
    .description("say whether a subject and the suite understand each other: is it wired?")
    .argument("[what...]", "contracts, and the module to try; or a command after --")
    .addOption(moduleDriverOption())
    .option("--no-color", "no colours")
    .addHelpText("after", HELP)
    .action(async (what: string[], options: SmokeFlags) => {
      const { smokeCommand } = await import("./smoke-command.ts");
      exit(await smokeCommand(what, subjectCommand, options));
    });
};
