import type { RuleInfo } from "@flynn/sdk/skill-scanner";

import { finding } from "../rules/finding.ts";
import { treeRules } from "../rules/tree-rules.ts";
import type { ScanContext } from "../scan-context.ts";
import type { TreeEntry } from "../tree/tree-entry.ts";
import { collidingNames } from "./collisions.ts";
import { unsafeCharacter } from "./unsafe-characters.ts";
import { unportableReason } from "./windows-names.ts";

/** The rules for names and paths, over all entries of one folder. None of them keeps a file from being read. */
export function* checkNames(context: ScanContext, entries: readonly TreeEntry[]): Generator<void, void> {
  const report: Report = (rule, { path }, what, evidence = path) => context.ledger.report(finding(rule, { path, what, evidence }));
  for (const entry of entries) {
    checkLengths(context, entry, report);
    const unsafe = unsafeCharacter(entry.name);
    if (unsafe) report(unsafe.rule, entry, unsafe.what);
    const unportable = unportableReason(entry.name);
    if (unportable) report(treeRules.notPortable, entry, unportable);
    yield;
  }
  for (const [entry, other] of collidingNames(entries)) {
    report(treeRules.collision, entry, `Other file systems take it for the same name as ${other.path}`, spelledOut(entry.path));
  }
}

type Report = (rule: RuleInfo, entry: TreeEntry, what: string, evidence?: string) => void;

/** Names that collide often look the same, so that only their code points tell them apart. */
function spelledOut(path: string): string {
  return path.replace(/[^ -~]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function checkLengths({ limits }: ScanContext, entry: TreeEntry, report: Report): void {
  const { name, pathBytes, depth } = entry;
  if (name.length > limits.nameBytes) report(treeRules.tooLong, entry, `The name has ${name.length} bytes, more than ${limits.nameBytes}`);
  if (pathBytes > limits.pathBytes) report(treeRules.tooLong, entry, `The path has ${pathBytes} bytes, more than ${limits.pathBytes}`);
  if (depth > limits.depth) report(treeRules.tooDeep, entry, `It lies ${depth} levels deep, more than ${limits.depth}`);
}
