import { createHash } from "node:crypto";

import type { InventoryEntry } from "./schema.ts";

/**
 * The one digest that names a tree: sha256, in lower-case hex, over one line an entry, sorted by the bytes of the line:
 * `path NUL kind NUL size NUL sha256 LF`. The path is the escaped one; `size` is decimal; everything but a regular file has
 * size 0 and an empty sha256. Two trees have the same digest if, and only if, they hold the same names, kinds and bytes.
 */
export function treeDigest(entries: readonly Pick<InventoryEntry, "path" | "kind" | "bytes" | "sha256">[]): string {
  const lines = entries.map((entry) => Buffer.from([entry.path, entry.kind, entry.bytes, entry.sha256 ?? ""].join("\0") + "\n"));
  const digest = createHash("sha256");
  for (const line of lines.toSorted((a, b) => Buffer.compare(a, b))) digest.update(line);
  return digest.digest("hex");
}
