import { Option } from "commander";

import { REPORT_KINDS } from "../../report/report-kind.ts";
import type { CommandDefinition } from "../command-definition.ts";
import { collect, moduleDriverOption, positiveInteger } from "../option-values.ts";
import type { RunFlags } from "./run-flags.ts";

export const defineRun: CommandDefinition = (program, { subjectCommand, exit }) => {
  program
    .command("run", { isDefault: true })
    .description("judge a subject; the default")
    .argument("[what...]", "contracts, and the module to judge; or a command after --")
    .option("--seed <text>", "decides names, values and order; random unless given")
    .option("--jobs <number>", "cases at a time", positiveInteger)
    .addOption(moduleDriverOption())
    .option("--only <id>", "only this requirement, or a pattern such as SCAN-01*; can be given again", collect, [])
    .addOption(new Option("--level <level>", "only this level").choices(["MUST", "SHOULD"]))
    .option("--capability <flag>", "only what this capability brings in; can be given again", collect, [])
    .option("--report <kind=path>", `also write a report (${REPORT_KINDS.join(", ")}); can be given again`, collect, [])
    .option("--baseline <file>", "accept the failures that this file knows, and nothing else")
    .option("--update-baseline", "write that file anew (conformance.baseline.json unless named)")
    .option("--reason <text>", "of new entries of the baseline: why they are accepted")
    .option("--issue <url>", "of new entries of the baseline: where they are tracked")
    .option("--until <day>", "of new entries of the baseline: the last day of it, such as 2027-01-31")
    .option("--watch", "judge again at each change beside the module, or in the current folder for a command; what failed last first")
    .option("--watch-folder <folder>", "what --watch watches, in place of the subject's folder; can be given again", collect, [])
    .option("--trace", "show what crossed the wire in each case that did not pass")
    .option("--accept-host-limits", "let rows pass that this machine cannot show, and list them")
    .option("--real-clock", "wait in real time for a subject that has no virtual clock")
    .option("--no-color", "no colours")
    .action(async (what: string[], options: RunFlags) => {
      const { runCommand } = await import("./run-command.ts");
      exit(await runCommand(what, subjectCommand, options));
    });
};
