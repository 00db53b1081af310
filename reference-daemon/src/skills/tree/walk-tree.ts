import type { Finding } from "@flynn/sdk/skill-scanner";

import { checkNames } from "../names/check-names.ts";
import { finding } from "../rules/finding.ts";
import { treeRules } from "../rules/tree-rules.ts";
import type { ScanContext } from "../scan-context.ts";
import { escapedName } from "./escaped-name.ts";
import { isSameState } from "./file-system.ts";
import type { FileStat, ListedName } from "./file-system.ts";
import { changedFinding, troubleFinding } from "./file-trouble.ts";
import { bytesOf, folderEntry, unreadEntry } from "./inventory-entry.ts";
import { listFolder } from "./list-folder.ts";
import type { Folder, FoundEntry, TreeEntry } from "./tree-entry.ts";

const SLASH = Buffer.from("/");

/** What the walk has found so far. */
export interface WalkedTree {
  /** To be read. */
  readonly files: FoundEntry[];
  /** Listed. */
  readonly folders: Folder[];
  /** To be listed. */
  readonly waiting: Folder[];
}

/**
 * Lists the whole tree before any file is read, folder by folder in the order of bytes, so that the first breach of a limit is
 * the same on every machine. Nothing is skipped by its name.
 */
export function* walkTree(context: ScanContext, tree: WalkedTree): Generator<void, void> {
  for (let folder = tree.waiting.pop(); folder; folder = tree.waiting.pop()) {
    const names = yield* namesIn(context, folder);
    if (names === null) continue;
    tree.folders.push(folder);
    const entries: TreeEntry[] = [];
    for (const listed of names) {
      const entry = entryAt(folder, listed);
      enterEntry(context, tree, entry);
      entries.push(entry);
      yield;
    }
    yield* checkNames(context, entries);
  }
}

/** A folder that was listed must look the same when all is read: nothing was added, removed or replaced meanwhile. */
export function* checkFolders(context: ScanContext, folders: readonly Folder[]): Generator<void, void> {
  for (const folder of folders) {
    const problem = folderProblem(context, folder);
    if (problem) context.ledger.report(problem);
    yield;
  }
}

function folderProblem(context: ScanContext, folder: Folder): Finding | null {
  try {
    return isSameState(folder.stat, context.fileSystem.lstat(folder.location)) ? null : changedFinding(folder.path);
  } catch (error) {
    return troubleFinding(folder.path, error, "looked at again");
  }
}

function* namesIn({ fileSystem, ledger, sizes }: ScanContext, folder: Folder): Generator<void, ListedName[] | null> {
  const listed = yield* listFolder(fileSystem, folder, sizes.entriesLeft());
  const isListed = Array.isArray(listed);
  if (folder.path !== "") ledger.enter(folderEntry(folder, isListed ? "read" : "refused"));
  if (isListed) return listed;
  if (listed === "too many") throw sizes.tooManyEntries(folder.path);
  ledger.report(listed);
  return null;
}

function entryAt(folder: Folder, { name, kind }: ListedName): TreeEntry {
  const isTop = folder.path === "";
  return {
    path: isTop ? escapedName(name) : `${folder.path}/${escapedName(name)}`,
    location: Buffer.concat([folder.location, SLASH, name]),
    name,
    kind,
    depth: folder.depth + 1,
    pathBytes: isTop ? name.length : folder.pathBytes + 1 + name.length,
  };
}

function enterEntry(context: ScanContext, tree: WalkedTree, entry: TreeEntry): void {
  const { fileSystem, sizes } = context;
  let stat: FileStat;
  try {
    stat = fileSystem.lstat(entry.location);
  } catch (error) {
    refuse(context, entry, troubleFinding(entry.path, error, "looked at"));
    sizes.countRefused();
    return;
  }
  const found = { ...entry, kind: stat.kind, stat };
  switch (stat.kind) {
    case "file":
      return enterFile(context, tree, found);
    case "directory":
      return enterDirectory(context, tree, found);
    case "link":
      refuse(context, found, finding(treeRules.link, { path: entry.path, what: "It is a symbolic link" }));
      return sizes.countRefused();
    case "special":
      refuse(context, found, finding(treeRules.special, { path: entry.path, what: "It is a FIFO, a socket or a device" }));
      return sizes.countRefused();
  }
}

function enterFile(context: ScanContext, tree: WalkedTree, file: FoundEntry): void {
  const isHardLinked = file.stat.nlink > 1n;
  if (isHardLinked) {
    refuse(context, file, finding(treeRules.hardLink, { path: file.path, what: "The file has another name, a hard link" }));
    context.ledger.markIncomplete();
  } else {
    tree.files.push(file);
  }
  context.sizes.countFile(file.path, bytesOf(file));
}

function enterDirectory({ ledger, limits, sizes }: ScanContext, tree: WalkedTree, directory: FoundEntry): void {
  if (directory.depth > limits.depth) {
    ledger.enter(folderEntry(directory, "refused"));
    ledger.markIncomplete();
  } else {
    tree.waiting.push(directory);
  }
  sizes.countDirectory();
}

function refuse({ ledger }: ScanContext, entry: TreeEntry & { readonly stat?: FileStat }, reason: Finding): void {
  ledger.enter(unreadEntry(entry));
  ledger.report(reason);
}
