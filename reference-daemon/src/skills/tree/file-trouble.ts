import type { Finding } from "@flynn/sdk/skill-scanner";

import { finding } from "../rules/finding.ts";
import { treeRules } from "../rules/tree-rules.ts";

/** What a file that was there a moment ago answers when it was removed, or replaced by a link or a folder. */
const REPLACED = ["ENOENT", "ENOTDIR", "ELOOP", "EMLINK", "ESTALE"];

/** Any error of the file system is a finding: what could not be read is not known to be harmless. */
export function troubleFinding(path: string, error: unknown, didWhat: string): Finding {
  const code = errorCode(error);
  if (REPLACED.includes(code)) return changedFinding(path);
  return finding(treeRules.unreadable, { path, what: `It could not be ${didWhat} (${code})` });
}

export function changedFinding(path: string): Finding {
  return finding(treeRules.changed, { path, what: "It changed while it was scanned" });
}

/** `EACCES` and its like. Errors that are not the file system's are a fault of ours, and are thrown on. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (typeof code !== "string" || !/^E[A-Z0-9]+$/u.test(code)) throw error;
  return code;
}
