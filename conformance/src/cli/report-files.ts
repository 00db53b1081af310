import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import { UsageError } from "./usage-error.ts";

export interface ReportFile<Kind extends string> {
  readonly kind: Kind;
  readonly path: string;
}

/** Reads `kind=path` and finds out before a long run whether the path can be written. */
export function reportFiles<Kind extends string>(given: readonly string[], kinds: readonly Kind[]): readonly ReportFile<Kind>[] {
  return given.map((text) => {
    const at = text.indexOf("=");
    const kind = kinds.find((known) => known === text.slice(0, Math.max(at, 0)));
    const path = text.slice(at + 1);
    if (kind === undefined || path === "") {
      throw new UsageError(
        `--report ${text} is not kind=path`,
        `The kinds are ${kinds.join(", ")}: --report ${kinds[0]}=report.${kinds[0]}`,
      );
    }
    const folder = dirname(resolve(path));
    if (path !== "-" && !existsSync(folder))
      throw new UsageError(`The folder of the report ${path} does not exist: ${folder}`, "Create it first.");
    if (path !== "-" && existsSync(path) && statSync(path).isDirectory())
      throw new UsageError(`The report ${path} is a folder`, "Give the path of a file.");
    return { kind, path };
  });
}

/** `-` is stdout. */
export function writeReport(path: string, text: string): void {
  if (path === "-") {
    process.stdout.write(text);
    return;
  }
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError(`The report ${path} could not be written: ${(error as Error).message}`);
  }
}
