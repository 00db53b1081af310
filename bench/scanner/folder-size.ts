import { lstatSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";

import type { SkillFolders } from "./measurement.ts";

export interface FolderSize {
  readonly files: number;
  readonly bytes: number;
}

/** What OpenClaw's scanner opens: programs of this family up to a size, and SKILL.md. */
const PEER_EXTENSIONS = [".js", ".ts", ".mjs", ".cjs", ".mts", ".cts", ".jsx", ".tsx"];
const PEER_MOST_BYTES = 1_048_576;

export function skillFolders({ parent, count }: SkillFolders): string[] {
  return readdirSync(parent)
    .toSorted()
    .slice(0, count)
    .map((name) => join(parent, name));
}

export function sizeOf(folders: readonly string[], counts: (path: string, bytes: number) => boolean = () => true): FolderSize {
  let files = 0;
  let bytes = 0;
  const waiting = [...folders];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) {
        waiting.push(inner);
        continue;
      }
      const { size } = lstatSync(inner);
      if (!counts(inner, size)) continue;
      files += 1;
      bytes += size;
    }
  }
  return { files, bytes };
}

export function isReadByPeer(path: string, bytes: number): boolean {
  return path.endsWith("/SKILL.md") || (PEER_EXTENSIONS.includes(extname(path)) && bytes <= PEER_MOST_BYTES);
}
