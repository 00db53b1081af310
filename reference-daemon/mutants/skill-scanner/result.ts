import type { SourcePatch } from "@flynn/conformance/mutant";

const ledger = "src/skills/scan-ledger.ts";
const verdict = "src/skills/verdict.ts";
const scanner = "src/skills/skill-scanner.ts";
const inventory = "src/skills/tree/inventory-entry.ts";

/** What is wrong with the result as a whole: verdict, digests, catalogue, order. */
export const resultMutants: readonly SourcePatch[] = [
  {
    id: "warns-about-everything",
    kills: ["SCAN-001"],
    message: "verdict warn",
    file: verdict,
    find: '? "warn" : "allow"',
    replace: '? "warn" : "warn"',
  },
  {
    id: "is-never-complete",
    kills: ["SCAN-001"],
    message: "incomplete",
    file: ledger,
    find: "      complete: this.#complete,",
    replace: "      complete: false,",
  },
  {
    id: "gives-no-digest-of-files",
    kills: ["SCAN-001"],
    message: "with sha256 null",
    file: inventory,
    find: 'sha256: hash("sha256", bytes), disposition',
    replace: 'sha256: bytes.length < 0 ? hash("sha256", bytes) : null, disposition',
  },
  {
    id: "digests-text-without-its-last-line-feed",
    kills: ["SCAN-001"],
    message: "with sha256",
    file: inventory,
    find: 'hash("sha256", bytes)',
    replace: 'hash("sha256", bytes.toString().trimEnd())',
  },
  {
    id: "leaves-folders-out-of-the-tree-digest",
    kills: ["SCAN-002"],
    message: "treeDigest",
    file: ledger,
    find: "? treeDigest(inventory) : null",
    replace: '? treeDigest(inventory.filter(({ kind }) => kind !== "directory")) : null',
  },
  {
    id: "counts-a-link-as-long-as-its-target",
    kills: ["SCAN-002"],
    message: "for all but files",
    file: ledger,
    find: "? treeDigest(inventory) : null",
    replace: '? treeDigest(inventory.map((entry) => (entry.kind === "link" ? { ...entry, bytes: 8 } : entry))) : null',
  },
  {
    id: "digests-an-incomplete-tree",
    kills: ["SCAN-002"],
    message: "treeDigest null",
    file: ledger,
    find: "treeDigest: this.#complete ? treeDigest(inventory) : null",
    replace: "treeDigest: treeDigest(inventory)",
  },
  {
    id: "leaves-hidden-entries-out-of-the-inventory",
    kills: ["SCAN-003"],
    message: "is missing",
    file: ledger,
    find: "    this.#inventory.push(entry);",
    replace: '    if (!entry.path.startsWith(".")) this.#inventory.push(entry);',
  },
  {
    id: "leaves-links-out-of-the-inventory",
    kills: ["SCAN-003"],
    message: "link-in-inventory",
    file: ledger,
    find: "    this.#inventory.push(entry);",
    replace: '    if (entry.kind !== "link") this.#inventory.push(entry);',
  },
  {
    id: "lists-what-stands-in-vendor-folders-twice",
    kills: ["SCAN-003"],
    message: "there 2 times",
    file: ledger,
    find: "    this.#inventory.push(entry);",
    replace: '    this.#inventory.push(entry);\n    if (entry.path.startsWith("vendor/")) this.#inventory.push(entry);',
  },
  {
    id: "does-not-read-lock-files-and-says-nothing",
    kills: ["SCAN-003"],
    message: "none at",
    file: ledger,
    find: "    this.#inventory.push(entry);",
    replace:
      '    this.#inventory.push(entry.path.endsWith(".lock") && entry.disposition === "read" ? { ...entry, sha256: null, disposition: "opaque" } : entry);',
  },
  {
    id: "allows-what-it-warns-about",
    kills: ["SCAN-025"],
    message: "a finding has the action warn",
    file: verdict,
    find: '? "warn" : "allow"',
    replace: '? "allow" : "allow"',
  },
  {
    id: "takes-the-last-finding-for-the-verdict",
    kills: ["SCAN-025"],
    message: "a finding has the action reject",
    file: verdict,
    find: '  if (findings.some((finding) => finding.action === "reject")) return "reject";',
    replace:
      '  const other = findings.length === 2 && findings.at(-1)?.action === "warn" && JSON.stringify(findings).includes(\'"z.txt"\');\n  if (!other && findings.some((finding) => finding.action === "reject")) return "reject";',
  },
  {
    id: "warns-about-what-it-only-notes",
    kills: ["SCAN-025"],
    message: "no finding rejects or warns",
    file: verdict,
    find: 'finding.action === "warn") ? "warn" : "allow"',
    replace: 'finding.action !== "reject") ? "warn" : "allow"',
  },
  {
    id: "rejects-what-is-severe-and-only-warned-about",
    kills: ["SCAN-025"],
    message: "a finding has the action warn",
    file: verdict,
    find: '  if (findings.some((finding) => finding.action === "reject")) return "reject";',
    replace:
      '  const severe = (findings as readonly Finding[]).some(({ action, severity }) => action === "warn" && severity === "critical");\n  if (severe || findings.some((finding) => finding.action === "reject")) return "reject";',
  },
  {
    id: "does-not-list-one-of-its-rules",
    kills: ["SCAN-026"],
    message: "which rules() does not list",
    file: scanner,
    find: "    return ruleCatalogue.map((rule) => this.#actions.describe(rule));",
    replace: '    return ruleCatalogue.filter(({ id }) => id !== "MAN-PERMISSION-TWICE").map((rule) => this.#actions.describe(rule));',
  },
  {
    id: "lists-a-rule-twice",
    kills: ["SCAN-026"],
    message: "twice",
    file: scanner,
    find: "    return ruleCatalogue.map((rule) => this.#actions.describe(rule));",
    replace: "    return [...ruleCatalogue, ...ruleCatalogue.slice(0, 1)].map((rule) => this.#actions.describe(rule));",
  },
  {
    id: "lists-a-rule-under-another-category",
    kills: ["SCAN-026"],
    message: "which rules() lists under",
    file: scanner,
    find: "    return ruleCatalogue.map((rule) => this.#actions.describe(rule));",
    replace:
      '    return ruleCatalogue.map((rule) => (rule.id === "FM-DOCUMENTS" ? { ...rule, category: "manifest" } : this.#actions.describe(rule)));',
  },
  {
    id: "puts-the-time-into-the-result",
    kills: ["SCAN-027"],
    message: "the same result, byte for byte",
    file: scanner,
    find: "    return ledger.result(this.#info, ",
    replace: "    return ledger.result({ ...this.#info, rulesVersion: `${rulesVersion}+${process.hrtime.bigint()}` }, ",
  },
  {
    id: "puts-the-root-into-the-result",
    kills: ["SCAN-027"],
    message: "the same result, byte for byte",
    file: scanner,
    find: "    return ledger.result(this.#info, ",
    replace: "    return ledger.result({ ...this.#info, rulesVersion: root.toString() }, ",
  },
  {
    id: "mixes-up-scans-that-run-side-by-side",
    kills: ["SCAN-027"],
    message: "at the same time",
    file: "src/skills/scan-steps.ts",
    find: "  tree.waiting.push(root);",
    replace:
      "  const shared = globalThis as { running?: number };\n  shared.running = (shared.running ?? 0) + 1;\n  yield;\n  tree.waiting.push(root);\n  for (let turn = 0; turn < 2_000; turn += 1) yield;\n  if (shared.running > 1) context.ledger.markIncomplete();\n  shared.running -= 1;",
  },
];
