import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";

import { temporaryRoot } from "./temporary-root.ts";

/** Folders of cases that are under way; a run that is interrupted takes them away too. */
const folders = new Set<string>();
process.on("exit", () => {
  for (const folder of folders) removeWorkspace(folder);
});

export function makeWorkspace(): string {
  const folder = mkdtempSync(join(temporaryRoot(), "flynn-case-"));
  folders.add(folder);
  return folder;
}

/** What a subject still writes to may not go at once; that is no reason to fail a case, and the end of the run tries again. */
export function removeWorkspace(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    folders.delete(folder);
  } catch {
    folders.add(folder);
  }
}
