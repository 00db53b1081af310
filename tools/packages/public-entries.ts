import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as z from "zod";

/** One entry of an export map with types. */
export interface PublicEntry {
  /** Of the package, at the root. */
  readonly folder: string;
  /** Without `./`: `bind/vitest`. */
  readonly subpath: string;
  /** Where the build writes its types, relative to the package. */
  readonly types: string;
}

/** The packages whose interface is promised. The other two are there for their commands and for the suite. */
export const PROMISED = ["sdk", "conformance"];

const manifestSchema = z.looseObject({ exports: z.record(z.string(), z.union([z.string(), z.looseObject({ types: z.string() })])) });

/** Every entry of the packages whose interface is promised, from their export maps. */
export function publicEntries(root: string): readonly PublicEntry[] {
  return PROMISED.flatMap((folder) => {
    const { exports } = manifestSchema.parse(JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")));
    return Object.entries(exports).flatMap(([subpath, target]) =>
      typeof target === "string" ? [] : [{ folder, subpath: subpath.replace("./", ""), types: target.types }],
    );
  });
}

/** The file name of its report; a folder in a subpath becomes a hyphen. */
export function reportName({ subpath }: PublicEntry): string {
  return `${subpath.replaceAll("/", "-")}.api.md`;
}
