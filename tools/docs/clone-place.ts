import { existsSync, readdirSync } from "node:fs";
import { chmod, mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { leadsOutside } from "./page-place.ts";
import type { PagePlace } from "./page-place.ts";

const NODE_OPTIONS = "--conditions=@flynn/source";

/** The commands that a page may use, as a clone of this repository offers them. */
const commands = (root: string): Readonly<Record<string, string>> => ({
  "flynn-conformance": `exec node ${NODE_OPTIONS} "${root}/conformance/bin/flynn-conformance.ts" "$@"`,
  flynn: `exec node ${NODE_OPTIONS} "${root}/reference-daemon/bin/flynn.ts" "$@"`,
  pnpm: [
    'case "$1" in',
    '  conformance) shift; exec flynn-conformance "$@" ;;',
    '  flynn) shift; exec flynn "$@" ;;',
    `  vitest) shift; exec node "${root}/node_modules/vitest/vitest.mjs" "$@" ;;`,
    '  *) echo "pages can run pnpm conformance and pnpm flynn only, not $1" >&2; exit 97 ;;',
    "esac",
  ].join("\n"),
  npx: 'case "$1" in pnpm@*) shift; exec pnpm "$@" ;; *) echo "pages can run npx pnpm@… only" >&2; exit 97 ;; esac',
});

/** A folder that looks like a clone of this repository but keeps what is written. */
export async function clonePlace(scratch: string, root: string): Promise<PagePlace> {
  const [clone, bin] = [join(scratch, "clone"), join(scratch, "bin")];
  await mkdir(clone);
  for (const entry of readdirSync(root)) if (entry !== ".git") await symlink(join(root, entry), join(clone, entry));
  await mkdir(bin);
  for (const [name, body] of Object.entries(commands(root))) {
    await writeFile(join(bin, name), `#!/usr/bin/env bash\n${body}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return {
    folder: clone,
    environment: { ...process.env, PATH: `${bin}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` },
    refusesFile: (path) => {
      const isThere = leadsOutside(path) || existsSync(join(root, path.split("/")[0] ?? ""));
      return isThere ? "would be written into the repository; a page writes new files only" : undefined;
    },
  };
}
