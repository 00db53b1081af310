import type { InventoryEntry, ScanResult } from "@flynn/sdk/skill-scanner";
import type { BuiltEntry, BuiltSkill } from "@flynn/fixtures/skills";

/** What is said of entries that are in the tree and is not so, in words. */
export function misdescribed(skill: BuiltSkill, { inventory, complete }: ScanResult): readonly string[] {
  const built = new Map(skill.entries.map((entry) => [entry.path, entry]));
  return inventory.flatMap((entry) => {
    const there = built.get(entry.path);
    const wrong = there === undefined ? undefined : misfit(entry, there, complete);
    return wrong === undefined ? [] : [`${entry.path} ${wrong}`];
  });
}

function misfit(listed: InventoryEntry, there: BuiltEntry, complete: boolean): string | undefined {
  if (listed.kind !== there.kind) return `is listed as a ${listed.kind} and is a ${there.kind}`;
  if (there.kind !== "file") return misfitOfNoFile(listed, complete);
  if (listed.sha256 === null) {
    if (complete) return "has the sha256 null, though the scan is complete";
    return listed.disposition === "refused" ? undefined : `has the sha256 null, and the disposition ${listed.disposition}`;
  }
  if (listed.sha256 !== there.sha256) return `has the sha256 ${listed.sha256}, and not ${String(there.sha256)}`;
  if (listed.bytes !== there.bytes) return `has ${listed.bytes} bytes, and not ${there.bytes}`;
  return listed.disposition === "refused" ? "has a sha256, and the disposition refused" : undefined;
}

function misfitOfNoFile({ kind, bytes, sha256, disposition }: InventoryEntry, complete: boolean): string | undefined {
  if (bytes !== 0 || sha256 !== null) return `is a ${kind} and has ${bytes} bytes with the sha256 ${String(sha256)}`;
  const isListed = kind === "directory" && (disposition === "read" || !complete);
  return isListed || (kind !== "directory" && disposition === "refused") ? undefined : `is a ${kind} with the disposition ${disposition}`;
}
