import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { locationOf, scannedBytes } from "../loading/scanned-bytes.ts";
import type { SkillFileSystem } from "../tree/file-system.ts";
import type { InstallFiles } from "./install-files.ts";
import { InstallRefusal } from "./install-outcome.ts";

export interface CopyOptions {
  readonly fileSystem: SkillFileSystem;
  readonly files: InstallFiles;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes `to` out of what was scanned at `root`, and of nothing else: the entries are those of the inventory, and each file's bytes
 * have the digest that they had. A file that could be run can be run, and has no other rights that the source gives it. Resolves
 * once all is on the disk. Throws an {@link InstallRefusal} where something changed since the scan.
 */
export async function copyScanned(root: string, result: ScanResult, to: string, { fileSystem, files, signal }: CopyOptions): Promise<void> {
  const folders = [to];
  await files.makeFolder(to);
  // Sorted by bytes, a folder comes before what is in it.
  for (const entry of result.inventory) {
    signal?.throwIfAborted();
    const target = locationOf(to, entry.path);
    if (entry.kind === "directory") {
      await files.makeFolder(target);
      folders.push(target.toString("utf8"));
      continue;
    }
    const bytes = scannedBytes(fileSystem, root, entry);
    if (bytes === null) throw changed(entry.path, result);
    const source = await files.look(locationOf(root, entry.path));
    await files.write(target, bytes, source?.isExecutable === true ? 0o755 : 0o644);
  }
  for (const folder of folders.toReversed()) await files.sync(folder);
}

export function changed(path: string, result: ScanResult): InstallRefusal {
  return new InstallRefusal("CHANGED", `${path} changed after it was scanned. Install it again when nothing writes to it.`, result);
}
