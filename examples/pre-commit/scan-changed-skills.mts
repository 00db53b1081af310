#!/usr/bin/env node
import { spawnSync } from "node:child_process";
import { lstatSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/*
 * Usage: scan-changed-skills.mts [file...]
 * Scans the skills that the files belong to, each once: the nearest folder upwards that holds a SKILL.md. A file may be gone,
 * and one in no skill is left alone. Exits as `flynn skills scan` does: 0 every skill is allowed, 1 one is rejected, 2 the
 * command line is wrong, 3 could not scan.
 */
const COULD_NOT_SCAN = 3;

const files = process.argv.slice(2);
const unreadable = files.find((file) => file.includes("\uFFFD"));
const folders = [...new Set(files.flatMap((file) => skillOf(file) ?? []))].toSorted();

if (unreadable !== undefined) {
  process.stderr.write(`${unreadable}: its name is not UTF-8, so that its skill cannot be found. Rename it.\n`);
  process.exitCode = COULD_NOT_SCAN;
} else if (folders.length > 0) {
  const scanner = installedScanner();
  if (scanner === undefined) {
    process.stderr.write(
      `@flynn/reference-daemon is not installed in ${process.cwd()}. Run: npm install --save-dev @flynn/reference-daemon\n`,
    );
    process.exitCode = COULD_NOT_SCAN;
  } else {
    const { status } = spawnSync(process.execPath, [scanner, "skills", "scan", "--", ...folders], { stdio: "inherit" });
    process.exitCode = status ?? COULD_NOT_SCAN;
  }
}

/** The skill that a file belongs to; undefined where it belongs to none. */
function skillOf(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    // A link that leads nowhere is there, too: that is for the scanner to judge.
    if (lstatSync(join(folder, "SKILL.md"), { throwIfNoEntry: false })) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The program of the project, and no other that the PATH may have. */
function installedScanner(): string | undefined {
  try {
    const manifest = createRequire(join(process.cwd(), "package.json")).resolve("@flynn/reference-daemon/package.json");
    // JSON.parse: the manifest of our own package.
    const { bin } = JSON.parse(readFileSync(manifest, "utf8")) as { bin: { flynn: string } };
    return join(dirname(manifest), bin.flynn);
  } catch {
    return undefined;
  }
}
