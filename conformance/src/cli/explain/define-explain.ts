import type { CommandDefinition } from "../command-definition.ts";

export const defineExplain: CommandDefinition = (program) => {
  program
    .command("explain")
    .description("say what a requirement asks, why, what to try, and which broken implementation shows it")
    .argument("<id>")
    .action(async (id: string) => {
      const { explainCommand } = await import("./explain-command.ts");
      explainCommand(id);
    });
};
