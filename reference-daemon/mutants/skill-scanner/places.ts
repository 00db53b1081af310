import type { SourcePatch } from "@flynn/conformance/mutant";

const scanFile = "src/skills/scan-file.ts";
const finding = "src/skills/rules/finding.ts";
const EXAMINES = "  if (searchable === null) return;";
const FINDING = "    action: rule.action,";

/** Texts of some files are read, listed, and not judged. */
const passesOver = (id: string, row: string, message: string, condition: string): SourcePatch => ({
  id,
  kills: [row],
  message,
  file: scanFile,
  find: EXAMINES,
  replace: `${EXAMINES}\n  if (${condition}) return;`,
});

/** The same by the rights that a file has. */
const passesOverRights = (id: string, message: string, condition: string): SourcePatch => ({
  id,
  kills: ["SCAN-046"],
  message,
  file: scanFile,
  find: "  yield* examine(context, file.path, bytes, content);",
  replace: `  if (!(${condition})) yield* examine(context, file.path, bytes, content);`,
});

/** What is found in some places weighs nothing. */
const lowers = (id: string, row: string, message: string, condition: string): SourcePatch => ({
  id,
  kills: [row],
  message,
  file: finding,
  find: FINDING,
  replace: `    action: ${condition} ? "note" : rule.action,`,
});

/** Places, forms and remarks that a payload hides in. */
export const placeMutants: readonly SourcePatch[] = [
  passesOver("does-not-look-below-git", "SCAN-046", "in .git", "/(?:^|\\/)\\.git\\//u.test(path)"),
  passesOver("does-not-look-at-data", "SCAN-046", "in names.properties", "/\\.(?:properties|tsv)$/u.test(path)"),
  passesOver("knows-programs-by-extension", "SCAN-046", "in setup.command", "/\\.(?:command|service|template)$/u.test(path)"),
  passesOver("does-not-look-at-utf-16", "SCAN-046", "in UTF-16", "bytes[0] === 0xff && bytes[1] === 0xfe"),
  passesOver("does-not-look-behind-a-byte-order-mark", "SCAN-046", "after a byte order mark", "bytes[0] === 0xef && bytes[1] === 0xbb"),
  passesOver("does-not-look-at-what-is-not-utf-8", "SCAN-046", "Latin-1", "encoding === null"),
  passesOver("does-not-look-at-lines-that-end-in-cr", "SCAN-046", "CR and LF", 'bytes.includes("\\r\\n") && !path.endsWith(".md")'),
  passesOver("knows-names-in-ascii-only", "SCAN-046", "beyond ASCII", "/[^ -~]/u.test(path)"),
  passesOver("does-not-look-at-names-with-blanks", "SCAN-046", "with blanks in its name", "/^[a-z]+\\/[a-z-]+ /u.test(path)"),
  passesOver("knows-extensions-in-small-letters", "SCAN-046", "an extension in capitals", "/\\.[A-Z]+$/u.test(path)"),
  passesOver("does-not-look-at-escaped-names", "SCAN-046", "has to be escaped", 'path.includes("\\\\x07")'),
  passesOverRights(
    "takes-what-may-run-for-a-program",
    "that may be executed",
    '(file.stat.mode & 0o111n) !== 0n && !bytes.toString().startsWith("#!")',
  ),
  passesOverRights("does-not-look-at-what-nobody-may-write", "that nobody may write", "(file.stat.mode & 0o222n) === 0n"),
  passesOver("wants-a-line-end-on-every-line", "SCAN-046", "on a last line", 'path.endsWith(".md") && bytes.at(-1) !== 0x0a'),
  passesOver("takes-rules-for-front-matter", "SCAN-046", "between rules", 'bytes.toString().split("\\n---\\n").length > 3'),
  passesOver(
    "does-not-look-at-utf-16-of-high-bytes",
    "SCAN-046",
    "in UTF-16 with the high bytes",
    "bytes[0] === 0xfe && bytes[1] === 0xff",
  ),
  passesOver("does-not-look-at-utf-32", "SCAN-046", "in UTF-32", 'bytes.subarray(0, 4).toString("hex") === "fffe0000"'),
  passesOver("does-not-look-below-depth-12", "SCAN-048", "at depth 15", 'path.split("/").length > 12'),
  passesOver("does-not-look-at-long-names", "SCAN-048", "a name of 150 bytes", 'path.replace(/.*\\//u, "").length > 128'),
  passesOver("does-not-look-at-long-paths", "SCAN-048", "on a path of 300 bytes", "path.length > 240"),
  passesOver("does-not-look-at-more-than-1-mib", "SCAN-048", "behind 1 MiB", "bytes.length > 1_048_576"),
  passesOver("gives-up-on-the-largest-texts", "SCAN-048", "1,040 kB of a comment", "bytes.length > 950_000"),
  passesOver(
    "does-not-look-at-generated-files",
    "SCAN-047",
    "as headers of generated files",
    'bytes.subarray(0, 200).includes("DO NOT EDIT")',
  ),
  lowers(
    "lowers-secrets-among-samples",
    "SCAN-046",
    "a credential in",
    'rule.category === "secret" && /^(?:mocks|samples|demo|spec)\\//u.test(path)',
  ),
  {
    id: "obeys-pragmas-beside-secrets",
    kills: ["SCAN-047"],
    message: "as pragmas",
    file: "src/skills/text-rules/text-examination.ts",
    find: "    const action = judgement.action ?? info.action;",
    replace:
      '    const line = this.#surroundings.text.slice(start).split("\\n", 1)[0] ?? "";\n    const action = info.category === "secret" && /allowlist secret|gitleaks:allow|noqa|nosec|nosemgrep|eslint-|trufflehog/u.test(line) ? "note" : (judgement.action ?? info.action);',
  },
  {
    id: "counts-mentions-as-findings",
    kills: ["SCAN-048"],
    message: "60 comments that warn of it",
    file: "src/skills/text-rules/text-examination.ts",
    find: "    const isFull = this.#isFull(ruleId, action);",
    replace: '    const isFull = this.#isFull(ruleId, action) || (action === "reject" && this.#isFull(ruleId, "note"));',
  },
  {
    id: "looks-at-the-first-files",
    kills: ["SCAN-048"],
    message: "505 small files",
    file: "src/skills/scan-ledger.ts",
    find: "applySuppressions(this.#findings.toSorted(inReadingOrder),",
    replace:
      'applySuppressions(this.#findings.toSorted(inReadingOrder).filter(({ category, path }) => category !== "code" || inventory.findIndex((entry) => entry.path === path) < 300),',
  },
  {
    id: "looks-at-the-first-8-mib",
    kills: ["SCAN-048"],
    message: "nine files of 1 MB",
    file: "src/skills/scan-ledger.ts",
    find: "applySuppressions(this.#findings.toSorted(inReadingOrder),",
    replace:
      'applySuppressions(this.#findings.toSorted(inReadingOrder).filter(({ category, path }) => category !== "code" || inventory.slice(0, inventory.findIndex((entry) => entry.path === path)).reduce((sum, { bytes }) => sum + bytes, 0) < 2 ** 23),',
  },
  {
    id: "gives-up-on-the-widest-lines",
    kills: ["SCAN-048"],
    message: "300,000 characters on its line",
    file: "src/skills/text-rules/text-examination.ts",
    find: "    if (!this.#isCounted(info.id, action)) return;",
    replace: "    if (this.#surroundings.position(start).column > 100_000) return;\n    if (!this.#isCounted(info.id, action)) return;",
  },
  {
    id: "keeps-the-first-findings",
    kills: ["SCAN-048"],
    message: "60 files that are warned about at most",
    file: "src/skills/scan-ledger.ts",
    find: "applySuppressions(this.#findings.toSorted(inReadingOrder),",
    replace:
      'applySuppressions(this.#findings.toSorted(inReadingOrder).filter(({ category }, index) => category !== "code" || index < 50),',
  },
  {
    id: "looks-for-hooks-near-the-top",
    kills: ["SCAN-044"],
    message: "a package of a workspace",
    file: "src/skills/text-rules/text-examination.ts",
    find: "    if (!this.#isCounted(info.id, action)) return;",
    replace:
      '    if (info.category === "autorun" && this.#surroundings.path.split("/").length > 2) return;\n    if (!this.#isCounted(info.id, action)) return;',
  },
  {
    id: "reads-orders-in-small-letters",
    kills: ["SCAN-038"],
    message: "in capitals",
    file: "src/skills/text-rules/text-examination.ts",
    find: "    if (!this.#isCounted(info.id, action)) return;",
    replace:
      '    if (info.category === "injection" && /^[A-Z ]{12}/u.test(view.text.slice(match.start))) return;\n    if (!this.#isCounted(info.id, action)) return;',
  },
  {
    id: "trusts-who-says-so-in-a-comment",
    kills: ["SCAN-031"],
    message: "says it is to be trusted",
    file: scanFile,
    find: "  if (content.finding) ledger.report(content.finding);",
    replace: '  if (content.finding && !ledger.paths.includes("SECURITY.md")) ledger.report(content.finding);',
  },
];
