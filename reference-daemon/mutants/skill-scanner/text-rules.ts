import type { SourcePatch } from "@flynn/conformance/mutant";

const all = "src/skills/text-rules/all-text-rules.ts";
const actionInPlace = "src/skills/text-rules/contexts/action-in-place.ts";
const examination = "src/skills/text-rules/text-examination.ts";
const scanFile = "src/skills/scan-file.ts";
const WEIGHS = '  if (isSuspicious || place.isHidden) return "reject";';
const EXAMINES = "  if (searchable === null) return;";
const READS = "examineText({ path, installerHosts, ...searchable })";

const without = (id: string, row: string, message: string, rules: string, replace = ""): SourcePatch => ({
  id,
  kills: [row],
  message,
  file: all,
  find: `  ...${rules},\n`,
  replace,
});

/** What is wrong with what a scanner says of texts. */
export const textRuleMutants: readonly SourcePatch[] = [
  without("knows-no-secrets", "SCAN-034", "of category secret", "secretRules"),
  // What stands for a letter of another alphabet is found apart from the list, so that its rule is missing there.
  {
    ...without("knows-no-hidden-characters", "SCAN-036", "UNI-CONFUSABLE", "hiddenCharacterRules"),
    kills: ["SCAN-026", "SCAN-036"],
  },
  without("knows-no-hidden-markup", "SCAN-037", "verdict reject", "hiddenMarkupRules"),
  without("knows-no-orders-in-english", "SCAN-038", "of category injection", "injectionRules"),
  without("knows-orders-in-english-only", "SCAN-038", "of category injection", "languageRules"),
  without("knows-no-downloads", "SCAN-040", "of category code", "downloadRules"),
  without("knows-no-remote-control", "SCAN-041", "of category code", "remoteControlRules"),
  without("knows-no-exfiltration", "SCAN-042", "verdict reject", "exfiltrationRules"),
  without("knows-no-persistence", "SCAN-043", "verdict reject", "persistenceRules"),
  without("knows-no-autorun", "SCAN-044", "of category autorun", "autorunRules"),
  without("knows-no-dynamic-code", "SCAN-041", "of category code", "dynamicCodeRules"),
  without(
    "does-not-know-what-unpickling-is",
    "SCAN-045",
    "of category code",
    "dynamicCodeRules",
    '  ...dynamicCodeRules.filter(({ info }) => info.id !== "CODE-DESERIALISE"),\n',
  ),
  {
    id: "decodes-nothing",
    kills: ["SCAN-039"],
    message: "verdict reject",
    file: examination,
    find: "    if (depth === MOST_DEPTH) return;",
    replace: "    if (depth <= MOST_DEPTH) return;",
  },
  {
    id: "decodes-once",
    kills: ["SCAN-039"],
    message: "base64 in base64",
    file: examination,
    find: "const MOST_DEPTH = 3;",
    replace: "const MOST_DEPTH = 1;",
  },
  {
    id: "knows-no-encoded-programs",
    kills: ["SCAN-039"],
    message: "verdict reject",
    file: examination,
    find: "      if (judged) this.#report(",
    replace: "      if (judged && depth > MOST_DEPTH) this.#report(",
  },
  {
    id: "does-not-fold-letters",
    kills: ["SCAN-036"],
    message: "verdict reject",
    file: examination,
    find: "this.#isAscii ? null : foldedView(text)",
    replace: "this.#isAscii || text.length >= 0 ? null : foldedView(text)",
  },
  {
    id: "does-not-put-texts-together",
    kills: ["SCAN-039"],
    message: "escapes",
    file: "src/skills/text-rules/views/joined-view.ts",
    find: "  return isChanged ? builder",
    replace: "  return isChanged && text.length < 0 ? builder",
  },
  {
    id: "does-not-read-odd-spellings",
    kills: ["SCAN-038"],
    message: "verdict reject",
    file: "src/skills/text-rules/views/respelled-views.ts",
    find: "= spellingOf(text);",
    replace: "= spellingOf(text.slice(0, 0));",
  },
  {
    id: "believes-words-for-the-whole-file",
    kills: ["SCAN-047"],
    message: "as without the words",
    file: actionInPlace,
    find: WEIGHS,
    replace: `  if (/threat model|security audit/iu.test(place.fileText)) return "note";\n${WEIGHS}`,
  },
  {
    id: "obeys-pragmas",
    kills: ["SCAN-047"],
    message: "as pragmas",
    file: actionInPlace,
    find: WEIGHS,
    replace: `  if (/\\b(?:nosec|noqa|nosemgrep|eslint-disable)/u.test(place.lineSuffix)) return "note";\n${WEIGHS}`,
  },
  {
    id: "believes-a-threat-model-in-the-skill",
    kills: ["SCAN-047"],
    message: "in files of their own",
    file: scanFile,
    find: EXAMINES,
    replace: `${EXAMINES}\n  if (ledger.paths.includes("SECURITY.md") && ledger.paths.includes("docs")) return;`,
  },
  {
    id: "looks-at-files-by-extension",
    kills: ["SCAN-046"],
    message: "as a table",
    file: scanFile,
    find: EXAMINES,
    replace: `${EXAMINES}\n  if (/\\.(?:csv|log|snap)$/u.test(path)) return;`,
  },
  {
    id: "does-not-look-at-documentation",
    kills: ["SCAN-046"],
    message: "docs/",
    file: scanFile,
    find: EXAMINES,
    replace: `${EXAMINES}\n  if (path.startsWith("docs/")) return;`,
  },
  {
    id: "does-not-look-at-test-data",
    kills: ["SCAN-046"],
    message: "tests/",
    file: scanFile,
    find: EXAMINES,
    replace: `${EXAMINES}\n  if (/^tests\\/(?:fixtures|data)\\//u.test(path)) return;`,
  },
  {
    id: "does-not-look-at-dependencies",
    kills: ["SCAN-046"],
    message: "node_modules/",
    file: scanFile,
    find: EXAMINES,
    replace: `${EXAMINES}\n  if (path.startsWith("node_modules/")) return;`,
  },
  {
    id: "does-not-look-deep",
    kills: ["SCAN-046"],
    message: "many folders deep",
    file: scanFile,
    find: EXAMINES,
    replace: `${EXAMINES}\n  if (path.split("/").length > 6) return;`,
  },
  {
    id: "reads-the-first-kilobytes-of-a-text",
    kills: ["SCAN-048"],
    message: "200,000 line feeds",
    file: scanFile,
    find: READS,
    replace: "examineText({ path, installerHosts, ...searchable, text: searchable.text.slice(0, 200_000) })",
  },
  {
    id: "reads-the-first-half-of-the-largest-text",
    kills: ["SCAN-048"],
    message: "1,040 kB of a comment",
    file: scanFile,
    find: READS,
    replace: "examineText({ path, installerHosts, ...searchable, text: searchable.text.slice(0, 524_288) })",
  },
  {
    id: "reads-the-first-columns-of-a-line",
    kills: ["SCAN-048"],
    message: "20,000 spaces",
    file: scanFile,
    find: READS,
    replace: 'examineText({ path, installerHosts, ...searchable, text: searchable.text.replaceAll(/ {3000}.*/gu, "") })',
  },
  {
    id: "warns-about-what-is-talked-about",
    kills: ["SCAN-049"],
    message: "verdict allow",
    file: actionInPlace,
    find: '  return subject === "words" || place.kind !== "script" || isInert ? "note" : "warn";',
    replace: '  return "warn";',
  },
];
