import { Option } from "commander";

import type { CommandDefinition } from "../command-definition.ts";
import type { InitFlags } from "./init-flags.ts";
import { LANGUAGES } from "./init-flags.ts";

const HELP = `
Writes a subject that runs at once and does nothing yet, and names it in conformance.config.json. What is there already is never
written over. The suite then says what to do, one requirement at a time.`;

export const defineInit: CommandDefinition = (program, { exit }) => {
  program
    .command("init")
    .description("write a first subject of a contract, in TypeScript or Python")
    .argument("[contract]", "such as skill-scanner")
    .argument("[folder]", "where to; the current folder unless given")
    .addOption(new Option("--lang <language>", "the language of the subject").choices(LANGUAGES).default("typescript"))
    .addHelpText("after", HELP)
    .action(async (contract: string | undefined, folder: string | undefined, options: InitFlags) => {
      const { initCommand } = await import("./init-command.ts");
      initCommand(contract, folder ?? ".", options);
      exit(0);
    });
};
