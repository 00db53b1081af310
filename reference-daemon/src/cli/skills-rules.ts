import { ruleCatalogue } from "../skills/rules/catalogue.ts";
import { EXIT } from "./exit-codes.ts";
import { write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

/** `flynn skills rules`. */
export async function rulesCommand(options: { readonly json?: true }, { stdout }: CommandContext): Promise<number> {
  const lines = ruleCatalogue.map(
    ({ id, action, category, summary, fix }) => `${id}  ${action}  ${category}\n    ${summary}\n    ${fix}\n`,
  );
  await write(stdout, options.json ? `${JSON.stringify(ruleCatalogue, null, 2)}\n` : lines.join(""));
  return EXIT.ok;
}
