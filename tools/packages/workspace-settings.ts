import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { parse } from "yaml";
import * as z from "zod";

export const root = resolve(import.meta.dirname, "../..");

const settings = z
  .looseObject({ packages: z.array(z.string()), catalog: z.record(z.string(), z.string()) })
  .parse(parse(readFileSync(join(root, "pnpm-workspace.yaml"), "utf8")));

/** The folders of the packages that are published. */
export const packageFolders: readonly string[] = settings.packages;

export function catalogVersion(name: string): string {
  const version = settings.catalog[name];
  if (version === undefined) throw new Error(`pnpm-workspace.yaml has no ${name} in its catalog; add it there with an exact version`);
  return version;
}
