import { hash } from "node:crypto";

import type { InventoryEntry } from "@flynn/sdk/skill-scanner";

import type { FileStat } from "./file-system.ts";
import type { Folder, FoundEntry, TreeEntry } from "./tree-entry.ts";

export function folderEntry(folder: Pick<Folder, "path">, disposition: "read" | "refused"): InventoryEntry {
  return { path: folder.path, kind: "directory", bytes: 0, sha256: null, disposition };
}

/** How an entry that is not read stands in the inventory. */
export function unreadEntry(entry: Pick<TreeEntry, "path" | "kind"> & { readonly stat?: FileStat }): InventoryEntry {
  return { path: entry.path, kind: entry.kind, bytes: bytesOf(entry), sha256: null, disposition: "refused" };
}

export function readEntry(file: FoundEntry, bytes: Buffer, disposition: "read" | "opaque"): InventoryEntry {
  return { path: file.path, kind: "file", bytes: bytes.length, sha256: hash("sha256", bytes), disposition };
}

/** Of a regular file; everything else has none. */
export function bytesOf({ kind, stat }: Pick<TreeEntry, "kind"> & { readonly stat?: FileStat }): number {
  return kind === "file" && stat ? Math.min(Number(stat.size), Number.MAX_SAFE_INTEGER) : 0;
}
