import type { CommandDefinition } from "../command-definition.ts";

/** Listed for `--help` only: the program goes to the host before it comes here. */
export const defineHost: CommandDefinition = (program) => {
  program
    .command("host")
    .description("serve a module on stdin and stdout, as the child driver does")
    .argument("<module>")
    .action(() => undefined);
};
