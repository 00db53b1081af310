import type { SourcePatch } from "@flynn/conformance/mutant";

const apply = "src/skills/suppression/apply-suppressions.ts";
const scanner = "src/skills/skill-scanner.ts";
const ENTRIES = "entries: suppressions, now";

/** Nothing is suppressed unless the condition holds as well. */
const onlyWhere = (id: string, message: string, condition: string): SourcePatch => ({
  id,
  kills: ["SCAN-050"],
  message,
  file: apply,
  find: "mayBeSuppressed(one) ?",
  replace: `mayBeSuppressed(one) && ${condition} ?`,
});

const without = (id: string, member: string, value: string): SourcePatch => ({
  id,
  kills: ["SCAN-050"],
  message: `with ${member} in the request`,
  file: scanner,
  find: ENTRIES,
  replace: `entries: ${value} === undefined ? suppressions : [], now`,
});

const reason = (id: string, written: string): SourcePatch => ({
  id,
  kills: ["SCAN-050"],
  message: "for the reason",
  file: apply,
  find: "reason: entry.reason }",
  replace: `reason: ${written} }`,
});

/** What is wrong with where, beside what, and for what reason a scanner obeys the suppressions of its host. */
export const suppressionPlaceMutants: readonly SourcePatch[] = [
  onlyWhere("suppresses-nothing-in-the-skill-file", "SKILL.md", 'one.path !== "SKILL.md"'),
  onlyWhere("suppresses-nothing-at-escaped-paths", "tools/bell", 'one.path.split("\\\\x").length === 1'),
  onlyWhere("suppresses-nothing-beyond-ascii", "läsning", "/^[ -~]*$/u.test(one.path)"),
  onlyWhere("suppresses-no-notes", "left, unchanged", 'one.action !== "note"'),
  without("suppresses-nothing-beside-assets", "assets", "request.policy?.assets"),
  without("suppresses-nothing-beside-an-intent", "an intent", "request.intent"),
  without("suppresses-nothing-beside-limits", "limits", "request.limits"),
  reason("trims-reasons", "entry.reason.trim()"),
  reason("puts-one-blank-for-several", 'entry.reason.replaceAll(/ +/gu, " ")'),
  reason("writes-reasons-as-markup", 'entry.reason.replaceAll("&", "&amp;").replaceAll("<", "&lt;")'),
  {
    id: "warns-where-all-but-the-rest-is-suppressed",
    kills: ["SCAN-051"],
    message: "because of the link",
    file: "src/skills/scan-ledger.ts",
    find: "verdict: verdictOf(this.#complete, findings)",
    replace: 'verdict: suppressed.length > 0 && !this.#complete ? "warn" : verdictOf(this.#complete, findings)',
  },
  {
    id: "takes-a-fraction-for-milliseconds",
    kills: ["SCAN-053"],
    message: "expires",
    file: apply,
    find: "now < Date.parse(expires)",
    replace: 'now < Date.parse(expires.replace(/\\.\\d+/u, "")) + Number(/\\.(\\d+)/u.exec(expires)?.[1] ?? 0)',
  },
];
