import type { CommandDefinition } from "../command-definition.ts";

export const defineList: CommandDefinition = (program) => {
  program
    .command("list")
    .description("list contracts and their requirements")
    .argument("[contract...]")
    .action(async (contracts: string[]) => {
      const { listCommand } = await import("./list-command.ts");
      listCommand(contracts);
    });
};
