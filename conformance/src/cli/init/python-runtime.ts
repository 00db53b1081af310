import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { inPackage } from "./scaffold-files.ts";
import type { NewFile } from "./scaffold.ts";

const FOLDER = "flynn_wire";

/** The wire in Python, which a subject has beside it: in the workspace its one source, in the package the copy that packing makes. */
export function pythonRuntime(): readonly NewFile[] {
  const places = [`../examples/python/${FOLDER}`, `scaffolds/python/${FOLDER}`].map(inPackage);
  const folder = places.find((place) => existsSync(place));
  if (folder === undefined) throw new Error(`The folder ${FOLDER} is missing from this package; install it again`);
  return readdirSync(folder)
    .filter((name) => name.endsWith(".py"))
    .toSorted()
    .map((name) => ({ path: `${FOLDER}/${name}`, text: readFileSync(join(folder, name), "utf8") }));
}
