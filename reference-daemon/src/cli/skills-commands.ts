import { InvalidArgumentError, Option } from "commander";
import type { Command } from "commander";

import type { InstallPolicyCommandOptions } from "./skills-install-policy.ts";
import type { InstallCommandOptions } from "./skills-install.ts";
import { parseShard } from "./skills-scan-shard.ts";
import type { ReportOptions, ScanCommandOptions } from "./skills-scan.ts";
import type { CommandContext } from "./streams.ts";

/** `flynn skills …`. */
export function addSkillsCommands(program: Command, context: CommandContext, exitWith: (status: number) => void): void {
  const skills = program.command("skills").description("work with skills");
  const scan = skills
    .command("scan")
    .description("say whether skills may be loaded or installed")
    .argument("<folder...>", "a folder that holds a SKILL.md, or with --recursive one that skills are in")
    .option("-r, --recursive", "scan every folder at or below that holds a SKILL.md; links are not followed")
    .option("--jobs <n>", "how many threads may scan at a time (default: one a core; few skills are scanned in one)", wholeNumber)
    .option("--cache <file or folder>", "remember results there, and take those of skills of which no file has changed")
    .option("--shard <i/n>", "scan one part of n of the skills, for `flynn skills merge`; needs --json", parseShard)
    .option("--no-progress", "do not show on a terminal how far the scan is");
  addReportOptions(scan);
  addJudgingOptions(scan)
    .addHelpText("after", SCAN_HELP)
    .action(async (folders: string[], options: ScanCommandOptions, command: Command) => {
      const { scanCommand } = await import("./skills-scan.ts");
      exitWith(await scanCommand(folders, options, context, misuseOf(command)));
    });
  const merge = skills
    .command("merge")
    .description("make one report of the reports of all shards")
    .argument("<report...>", "what `flynn skills scan --shard i/n --json` printed, for each i");
  addReportOptions(merge)
    .addHelpText("after", MERGE_HELP)
    .action(async (reports: string[], options: ReportOptions, command: Command) => {
      const { mergeCommand } = await import("./skills-merge.ts");
      exitWith(await mergeCommand(reports, options, context, misuseOf(command)));
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

function addReportOptions(command: Command): Command {
  return command
    .option("--json", "print one JSON document: { schema, skills: [{ folder, result }] }")
    .option("--sarif", "print one SARIF 2.1.0 log")
    .addOption(new Option("--fail-on <verdict>", "the least verdict that exits with 1").choices(["reject", "warn"]).default("reject"));
}

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

--cache takes a result from before if every entry of the skill has the same inode, mode, size and times, and the scanner, its rules,
the policy and the limits are the same. A cache that is damaged or of another version is told of on stderr and written anew. One that
others may write, or that lies in a folder that is scanned, is refused.

Exit status:
  0  every skill is allowed, with or without warnings
  1  a skill is rejected, or has warnings with --fail-on warn
  2  the command line or the policy file is wrong, or the cache is not safe to believe
  3  a folder is missing or is none, or something in it cannot be read or changed meanwhile: nobody knows what is in it
  4  the cache cannot be written; the report is printed all the same`;

const MERGE_HELP = `
The reports must be all of one scan: the same skills, rules, policy and options, and each shard once.

Exit status:
  0, 1, 3  as that of \`flynn skills scan\` over all shards
  2        the command line is wrong, a report is none or is missing, or reports do not belong together`;

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

function wholeNumber(text: string): number {
  if (!/^[1-9][0-9]{0,2}$/u.test(text)) throw new InvalidArgumentError("Give a number from 1 to 999.");
  return Number(text);
}
