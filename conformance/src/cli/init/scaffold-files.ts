import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import type { Language } from "./init-flags.ts";

/** The root of the package, from its sources and from what is built of them. */
const PACKAGE = ["../../../", "../../../../"]
  .map((path) => new URL(path, import.meta.url))
  .find((url) => existsSync(new URL("scaffolds/", url)));

/** The text of a file that the package carries to be copied. */
export function scaffoldFile(language: Language, path: string): string {
  return readFileSync(inPackage(`scaffolds/${language}/${path}`), "utf8");
}

/** The absolute path of something in the package, or beside it in the workspace. */
export function inPackage(path: string): string {
  if (!PACKAGE) throw new Error("The folder scaffolds is missing from this package; install it again");
  return fileURLToPath(new URL(path, PACKAGE));
}
