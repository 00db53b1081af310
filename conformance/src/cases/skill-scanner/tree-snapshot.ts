import { createHash } from "node:crypto";
import { lstatSync, readFileSync, readdirSync, readlinkSync } from "node:fs";

import { escapePath } from "@flynn/sdk/kernel";

/** Everything about each entry that a change would show in, by escaped path. Access times are not among it. */
export type TreeSnapshot = ReadonlyMap<string, string>;

export function snapshotTree(root: string): TreeSnapshot {
  const entries = new Map<string, string>();
  const visit = (location: Buffer, path: Buffer): void => {
    const status = lstatSync(location, { bigint: true });
    const content = status.isFile()
      ? digest(readFileSync(location))
      : status.isSymbolicLink()
        ? digest(readlinkSync(location, { encoding: "buffer" }))
        : "";
    entries.set(escapePath(path), [status.mode, status.nlink, status.isDirectory() ? 0 : status.size, status.mtimeNs, content].join(" "));
    if (!status.isDirectory()) return;
    for (const name of readdirSync(location, { encoding: "buffer" })) {
      visit(Buffer.concat([location, Buffer.from("/"), name]), path.length === 0 ? name : Buffer.concat([path, Buffer.from("/"), name]));
    }
  };
  visit(Buffer.from(root), Buffer.alloc(0));
  return entries;
}

/** What became of each entry that is not as it was. */
export function changesBetween(before: TreeSnapshot, after: TreeSnapshot): readonly string[] {
  const named = (path: string): string => (path === "" ? "the skill's folder" : path);
  const gone = [...before.keys()].filter((path) => !after.has(path)).map((path) => `${named(path)} is gone`);
  const added = [...after.keys()].filter((path) => !before.has(path)).map((path) => `${named(path)} is new`);
  const changed = [...before]
    .filter(([path, state]) => after.has(path) && after.get(path) !== state)
    .map(([path]) => `${named(path)} has changed`);
  return [...gone, ...added, ...changed];
}

function digest(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
