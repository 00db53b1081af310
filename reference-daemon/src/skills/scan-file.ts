import { inspectContent } from "./content/inspect-content.ts";
import type { Content } from "./content/inspect-content.ts";
import { searchableText } from "./content/searchable-text.ts";
import { filePasses } from "./file-passes.ts";
import type { ScanContext } from "./scan-context.ts";
import { ScannedFile } from "./scanned-file.ts";
import { readEntry, unreadEntry } from "./tree/inventory-entry.ts";
import { readFile } from "./tree/read-file.ts";
import { examineText } from "./text-rules/examine-text.ts";
import type { FoundEntry } from "./tree/tree-entry.ts";

/** Reads one file, puts it into the inventory, and hands its bytes to every pass. */
export function* scanFile(context: ScanContext, file: FoundEntry): Generator<void, void> {
  const { fileSystem, ledger, assets } = context;
  const bytes = yield* readFile(fileSystem, file, context.room);
  if (!Buffer.isBuffer(bytes)) {
    ledger.enter(unreadEntry(file));
    ledger.report(bytes);
    return;
  }
  const content = inspectContent(file.path, bytes, assets);
  ledger.enter(readEntry(file, bytes, content.disposition));
  if (content.finding) ledger.report(content.finding);
  yield* examine(context, file.path, bytes, content);
  const scanned = new ScannedFile(file.path, bytes, content.encoding);
  for (const pass of filePasses) {
    for (const found of pass(scanned, context)) ledger.report(found);
  }
}

/** What the file says, if it is text in any way. */
function* examine(
  { ledger, installerHosts }: ScanContext,
  path: string,
  bytes: Buffer,
  { disposition, encoding }: Content,
): Generator<void, void> {
  const isAsset = disposition === "read" && encoding === null;
  const searchable = isAsset ? null : searchableText(bytes, encoding);
  if (searchable === null) return;
  for (const found of yield* examineText({ path, installerHosts, ...searchable })) ledger.report(found);
}
