import type { CommandDefinition } from "../command-definition.ts";
import { collect } from "../option-values.ts";

export const defineDiff: CommandDefinition = (program, { exit }) => {
  program
    .command("diff")
    .description("compare two JSON reports; exit 1 where something is worse")
    .argument("<before>", "the earlier report")
    .argument("<after>", "the later report")
    .option("--report <kind=path>", "also write it: markdown=path or json=path; can be given again", collect, [])
    .action(async (before: string, after: string, options: { readonly report: readonly string[] }) => {
      const { diffCommand } = await import("./diff-command.ts");
      exit(diffCommand(before, after, options.report));
    });
};
