import type { CommandDefinition } from "../command-definition.ts";

export const defineReplay: CommandDefinition = (program, { exit }) => {
  program
    .command("replay")
    .description("run one requirement of a JSON report again, with its seed and its subject")
    .argument("<report#id>", "such as report.json#SCAN-004")
    .action(async (reference: string) => {
      const { replayCommand } = await import("./replay-command.ts");
      exit(await replayCommand(reference));
    });
};
