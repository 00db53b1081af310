import type { CommandDefinition } from "../command-definition.ts";
import { collect } from "../option-values.ts";

export const defineTrend: CommandDefinition = (program) => {
  program
    .command("trend")
    .description("show how the JSON reports in a folder follow each other, by contract and subject")
    .argument("<folder>")
    .option("--report <kind=path>", "also write it: markdown=path or json=path; can be given again", collect, [])
    .action(async (folder: string, options: { readonly report: readonly string[] }) => {
      const { trendCommand } = await import("./trend-command.ts");
      trendCommand(folder, options.report);
    });
};
