import type { CommandDefinition } from "../command-definition.ts";
import { collect, positiveInteger } from "../option-values.ts";
import type { MutantsFlags } from "./mutants-flags.ts";

export const defineMutants: CommandDefinition = (program, { exit }) => {
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
};
