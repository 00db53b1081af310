import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";

import type { InstallPolicyCommandOptions } from "./skills-install-policy.ts";
import type { InstallCommandOptions } from "./skills-install.ts";
import type { ScanCommandOptions } from "./skills-scan.ts";
import type { CommandContext } from "./streams.ts";

/** `flynn skills …`. */
export function addSkillsCommands(program: Command, context: CommandContext, exitWith: (status: number) => void): void {
  const skills = program.command("skills").description("work with skills");
  const scan = skills
    .command("scan")
    .description("say whether skills may be loaded or installed")
    .argument("<folder...>", "a folder that holds a SKILL.md")
    .option("--json", "print one JSON document: { schema, skills: [{ folder, result }] }")
    .option("--sarif", "print one SARIF 2.1.0 log")
    .addOption(new Option("--fail-on <verdict>", "the least verdict that exits with 1").choices(["reject", "warn"]).default("reject"));
  addJudgingOptions(scan)
    .addHelpText("after", SCAN_HELP)
    .action(async (folders: string[], options: ScanCommandOptions, command: Command) => {
      const { scanCommand } = await import("./skills-scan.ts");
      exitWith(await scanCommand(folders, options, context, misuseOf(command)));
    });
  const install = skills
    .command("install")
    .description("scan a skill and, if it may be installed, put it into place")
    .argument("<folder or zip>", "a folder that holds a SKILL.md, or a zip file of one")
    .option("--to <folder>", "where skills are (default: skills in $FLYNN_STATE_DIR, $XDG_STATE_HOME/flynn or ~/.local/state/flynn)")
    .option("--yes-to-warnings", "install a skill with warnings without asking")
    .option("--force", "replace a skill of the same name");
  addJudgingOptions(install)
    .addHelpText("after", INSTALL_HELP)
    .action(async (source: string, options: InstallCommandOptions, command: Command) => {
      const { installCommand } = await import("./skills-install.ts");
      exitWith(await installCommand(source, options, context, misuseOf(command)));
    });
  skills
    .command("install-policy")
    .description("answer one request of OpenClaw's install policy, from stdin to stdout")
    .option("--policy <file>", POLICY_FILE)
    .addHelpText("after", INSTALL_POLICY_HELP)
    .action(async (options: InstallPolicyCommandOptions) => {
      const { installPolicyCommand } = await import("./skills-install-policy.ts");
      exitWith(await installPolicyCommand(options, context));
    });
  skills
    .command("rules")
    .description("list the rules that findings name, or explain one")
    .argument("[rule]", "the id of a rule, such as FS-LINK")
    .option("--json", "print a JSON array, or the JSON object of one rule")
    .action(async (ruleId: string | undefined, options: { json?: true }, command: Command) => {
      const { rulesCommand } = await import("./skills-rules.ts");
      exitWith(await rulesCommand(ruleId, options, context, misuseOf(command)));
    });
}

const POLICY_FILE = "what the operator decided about rules and findings, a JSON file with the schema flynn-skill-policy/1";

function addJudgingOptions(command: Command): Command {
  return command
    .option("--policy <file>", POLICY_FILE)
    .option("--routed", "check as a skill that users' intents are routed to, which needs a manifest.json")
    .option("--permissions <names>", "the permissions that the host knows, with commas between them", commaList)
    .option("--assets <types>", "binary assets that may be there: png, jpeg, gif, webp, woff2, ttf", commaList);
}

function misuseOf(command: Command): (problem: string) => never {
  return (problem) => command.error(`error: ${problem}`);
}

const SCAN_HELP = `
--permissions and --assets take the place of what the policy says.

Exit status:
  0  every skill is allowed, with or without warnings
  1  a skill is rejected, or has warnings with --fail-on warn
  2  the command line or the policy file is wrong
  3  a folder is missing or is none, or something in it cannot be read or changed meanwhile: nobody knows what is in it`;

const INSTALL_HELP = `
Nothing is installed before it is scanned, and what is installed is exactly what was scanned. The skill gets a folder with the name
in its front matter. Warnings need --yes-to-warnings, or a "yes" that is typed in a terminal.

Exit status:
  0    the skill is installed
  1    it is rejected, has warnings that nobody accepted, or is a zip file that is not safe to unpack
  2    the command line or the policy file is wrong, or there is a skill of that name already and no --force
  3    it is missing or cannot be read, or changed meanwhile
  4    the destination cannot be written to
  130  interrupted; nothing is installed`;

const INSTALL_POLICY_HELP = `
OpenClaw runs it before it installs a skill, if security.installPolicy says so.

Exit status:
  0  stdout holds the answer: allow, warn or block
  2  the policy file or the request on stdin is wrong, and stderr says how; OpenClaw installs nothing then
  4  a fault of flynn or of the machine; OpenClaw installs nothing then`;

function commaList(text: string): string[] {
  const names = text.split(",").map((name) => name.trim());
  if (names.includes("")) throw new InvalidArgumentError("Give names with commas between them.");
  return names;
}
