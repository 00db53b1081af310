import { finding } from "../rules/finding.ts";
import { treeRules } from "../rules/tree-rules.ts";
import type { ScanContext } from "../scan-context.ts";
import type { FileStat } from "./file-system.ts";
import { errorCode } from "./file-trouble.ts";
import type { Folder } from "./tree-entry.ts";

/** Error codes that say that nothing is there, as against something that cannot be looked at. */
const ABSENT = ["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"];

/** The skill's folder itself; null, with a finding for the skill as a whole, if it is not one. */
export function openRoot({ fileSystem, ledger }: ScanContext, location: Buffer): Folder | null {
  const refuse = (rule: Parameters<typeof finding>[0], what: string): null => {
    ledger.report(finding(rule, { path: "", what }));
    ledger.markIncomplete();
    return null;
  };
  if (location.includes(0)) return refuse(treeRules.rootUnusable, "There is no such folder: its path holds a NUL character");
  let stat: FileStat;
  try {
    stat = fileSystem.lstat(location);
  } catch (error) {
    const code = errorCode(error);
    if (ABSENT.includes(code)) return refuse(treeRules.rootUnusable, `There is no such folder (${code})`);
    return refuse(treeRules.unreadable, `The skill's folder could not be looked at (${code})`);
  }
  switch (stat.kind) {
    case "directory":
      return { path: "", location, depth: 0, pathBytes: 0, stat };
    case "link":
      return refuse(treeRules.rootLink, "The skill's folder is a link");
    case "file":
      return refuse(treeRules.rootUnusable, "It is a file, not a folder");
    case "special":
      return refuse(treeRules.rootUnusable, "It is a FIFO, a socket or a device, not a folder");
  }
}
