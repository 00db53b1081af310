import { inspectContent } from "./content/inspect-content.ts";
import { filePasses } from "./file-passes.ts";
import type { ScanContext } from "./scan-context.ts";
import { ScannedFile } from "./scanned-file.ts";
import { readEntry, unreadEntry } from "./tree/inventory-entry.ts";
import { readFile } from "./tree/read-file.ts";
import type { FoundEntry } from "./tree/tree-entry.ts";

/** Reads one file, puts it into the inventory, and hands its bytes to every pass. */
export function* scanFile(context: ScanContext, file: FoundEntry): Generator<void, void> {
  const { fileSystem, ledger, assets } = context;
  const bytes = yield* readFile(fileSystem, file);
  if (!Buffer.isBuffer(bytes)) {
    ledger.enter(unreadEntry(file));
    ledger.report(bytes);
    return;
  }
  const content = inspectContent(file.path, bytes, assets);
  ledger.enter(readEntry(file, bytes, content.disposition));
  if (content.finding) ledger.report(content.finding);
  const scanned = new ScannedFile(file.path, bytes, content.encoding);
  for (const pass of filePasses) {
    for (const found of pass(scanned, context)) ledger.report(found);
  }
}
