import { checkRequiredFiles } from "./required-files.ts";
import { finding } from "./rules/finding.ts";
import { treeRules } from "./rules/tree-rules.ts";
import type { ScanContext } from "./scan-context.ts";
import { scanFile } from "./scan-file.ts";
import { folderEntry, unreadEntry } from "./tree/inventory-entry.ts";
import { openRoot } from "./tree/open-root.ts";
import type { FoundEntry } from "./tree/tree-entry.ts";
import { LimitBreach } from "./tree/size-limits.ts";
import { checkFolders, walkTree } from "./tree/walk-tree.ts";
import type { WalkedTree } from "./tree/walk-tree.ts";

/**
 * The whole scan, in steps of at most one file's worth of work. All that it sees goes into the context's ledger, and so does
 * an error of its own: a scan that failed must not look like one that found nothing.
 */
export function* scanSteps(context: ScanContext, location: Buffer): Generator<void, void> {
  const { ledger } = context;
  const tree: WalkedTree = { files: [], folders: [], waiting: [] };
  try {
    yield* scanTree(context, tree, location);
  } catch (error) {
    if (error instanceof LimitBreach) ledger.report(error.finding);
    else reportFault(context, "", error);
    for (const file of tree.files) ledger.enter(unreadEntry(file));
    for (const folder of tree.waiting) ledger.enter(folderEntry(folder, "refused"));
  }
}

function* scanTree(context: ScanContext, tree: WalkedTree, location: Buffer): Generator<void, void> {
  const root = openRoot(context, location);
  if (root === null) return;
  tree.waiting.push(root);
  yield* walkTree(context, tree);
  for (let file = tree.files.shift(); file; file = tree.files.shift()) {
    yield* scanFileOrReport(context, file);
    yield;
  }
  yield* checkFolders(context, tree.folders);
  if (tree.folders.includes(root)) checkRequiredFiles(context);
}

/** A fault at one file leaves the others to be scanned. */
function* scanFileOrReport(context: ScanContext, file: FoundEntry): Generator<void, void> {
  try {
    yield* scanFile(context, file);
  } catch (error) {
    if (error instanceof LimitBreach) throw error;
    if (context.ledger.kindOf(file.path) === null) context.ledger.enter(unreadEntry(file));
    reportFault(context, file.path, error);
  }
}

/** Only the kind of the error is told: its message could quote the skill. */
function reportFault({ ledger, onInternalError }: ScanContext, path: string, error: unknown): void {
  const what = `The scanner failed with ${error instanceof Error ? error.name : "an error"}`;
  ledger.report(finding(treeRules.internalError, { path, what }));
  onInternalError(error);
}
