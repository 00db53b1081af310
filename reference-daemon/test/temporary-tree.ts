import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { GOOD_SKILL_FILE } from "./temporary-skill.ts";

/** Files in a temporary folder that is gone when it is disposed of. */
export class TemporaryTree implements Disposable {
  readonly root = mkdtempSync(join(tmpdir(), "flynn-tree-"));

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  path(name: string): string {
    return join(this.root, name);
  }

  write(path: string, content: string | Buffer): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), content);
  }

  /** As a program does that hides that it wrote. */
  writeUnseen(path: string, content: string, { atimeMs, mtimeMs }: { readonly atimeMs: number; readonly mtimeMs: number }): void {
    writeFileSync(this.path(path), content);
    utimesSync(this.path(path), atimeMs / 1_000, mtimeMs / 1_000);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** `skill-0` and so on; every third one is rejected. */
export function manySkills(count: number, folder = ""): Record<string, string> {
  const files = Array.from({ length: count }, (_, index): [string, string][] => [
    [`${folder}skill-${index}/SKILL.md`, GOOD_SKILL_FILE.replace("sample", `skill-${index}`)],
    [`${folder}skill-${index}/notes.md`, index % 3 === 0 ? "a\0b" : `Note ${index}\n`],
  ]);
  return Object.fromEntries(files.flat());
}
