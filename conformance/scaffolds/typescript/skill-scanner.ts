// A skill scanner that answers and does not scan yet: it rejects everything. Run the suite, do what the first FAIL says, run it
// again. Each TODO names the requirement that will ask for it; `explain SCAN-001` says what that one wants, and why.
import { isAbsolute } from "node:path";

import { CodedError } from "@flynn/sdk/kernel";
import { scanRequestSchema } from "@flynn/sdk/skill-scanner";
import type { Finding, InventoryEntry, RuleInfo, ScanRequest, ScanResult, SkillScannerErrorCode } from "@flynn/sdk/skill-scanner";
import { defineSubject } from "@flynn/sdk/subject";

const NAME = "my-skill-scanner";
const VERSION = "0.1.0";

// TODO SCAN-026: one rule for each thing that you refuse, listed in RULES; make every finding from one of them.
const NOT_WRITTEN: RuleInfo = {
  id: "NOT_WRITTEN",
  category: "internal",
  severity: "high",
  action: "reject",
  summary: "This scanner does not scan yet.",
  fix: "Write `scan`.",
  since: VERSION,
};

const RULES: RuleInfo[] = [NOT_WRITTEN];

async function scan(request: ScanRequest): Promise<ScanResult> {
  const isWellFormed = scanRequestSchema.safeParse(request).success;
  if (!isWellFormed) throw new CodedError<SkillScannerErrorCode>("INVALID_REQUEST", "the request breaks its schema");
  const { root } = request;
  if (!isAbsolute(root)) throw new CodedError<SkillScannerErrorCode>("INVALID_REQUEST", "root must be an absolute path");

  // TODO SCAN-001: list every file below `root`, as { path, kind: "file", bytes, sha256, disposition: "read" } with the sha256 of
  // its bytes in hex, and take the finding out.
  // TODO SCAN-003: folders are entries too (kind "directory", bytes 0, sha256 null), and so is whatever else is there.
  // TODO SCAN-004: look at each entry with lstat before you open it; a link gets a finding of category "link" at its path.
  // TODO SCAN-007: a FIFO blocks whoever opens it, so open nothing but regular files.
  // TODO SCAN-013: `escapePath` of @flynn/sdk/kernel writes a path so that it is safe to print.
  // TODO SCAN-027: sort by path, by bytes; keep absolute paths and times out of the result.
  // TODO SCAN-030: take `options?: CallOptions` as a second argument; once its signal is aborted, fail with ABORTED.
  const inventory: InventoryEntry[] = [];
  const findings: Finding[] = [findingOf(NOT_WRITTEN, "")];

  return {
    schema: "skill-scan/1",
    // TODO SCAN-025: "reject" if incomplete or any finding rejects, else "warn" if any warns, else "allow".
    verdict: "reject",
    // TODO SCAN-001: true once every file was read to its end; SCAN-010: false where one could not be.
    complete: false,
    // TODO SCAN-002: `treeDigest(inventory)` of @flynn/sdk/skill-scanner; null where the scan is incomplete.
    treeDigest: null,
    scanner: { name: NAME, version: VERSION, rulesVersion: "1" },
    inventory,
    findings,
    suppressed: [],
  };
}

/** `path` is that of the entry in the inventory; empty for the skill as a whole. */
function findingOf({ id, category, severity, action, summary }: RuleInfo, path: string): Finding {
  const evidence = { text: "", redacted: false };
  return { ruleId: id, category, severity, action, path, line: null, column: null, message: summary, evidence };
}

export default defineSubject({
  name: NAME,
  version: VERSION,
  // The flags "text-rules" and "suppressions" bring in SCAN-034 to SCAN-056; declare them once it does what those ask.
  contracts: { "skill-scanner@1": { open: () => ({ scan, rules: async () => RULES, close: () => undefined }) } },
});
