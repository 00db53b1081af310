import type { CommandDefinition } from "../command-definition.ts";
import { collect, moduleDriverOption, positiveInteger } from "../option-values.ts";
import type { MutateFlags } from "./mutate-flags.ts";

const HELP = `
Judges the subject as it is, and then again with each of many faults put in between it and the suite: answers that are lost, doubled,
swapped or late, errors that are swallowed, aborts that are ignored, secrets that leak, a clock that is stale. Each fault that the suite
notices is one that your tests would catch if your own code had it; each row says which faults it guards against.

A fault that survives changes nothing that the contract asks for, or shows what no row looks at. One that was not reached shows nothing.
What depends on which of two answers comes first may come out otherwise in another run.

Exit codes: 0 measured, whatever came of it; 2 usage or bad subject; 3 no row holds, so that there is nothing to measure; 4 the suite
itself failed.`;

export const defineMutate: CommandDefinition = (program, { subjectCommand, exit }) => {
  program
    .command("mutate")
    .description("put faults around your own subject, and see which of them the suite would catch")
    .argument("[what...]", "a contract, and the module to judge; or a command after --")
    .option("--only <fault>", "only this fault, this family of them, or a pattern such as *-acquire-*; can be given again", collect, [])
    .option("--seed <text>", "as for run")
    .option("--jobs <number>", "faults at a time", positiveInteger)
    .addOption(moduleDriverOption())
    .option("--real-clock", "as for run")
    .option("--report <kind=path>", "also write it: markdown=path or json=path; can be given again", collect, [])
    .option("--no-color", "no colours")
    .addHelpText("after", HELP)
    .action(async (what: string[], options: MutateFlags) => {
      const { mutateCommand } = await import("./mutate-command.ts");
      exit(await mutateCommand(what, subjectCommand, options));
    });
};
