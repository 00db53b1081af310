import type { SourcePatch } from "@flynn/conformance/mutant";

const apply = "src/skills/suppression/apply-suppressions.ts";
const suppressible = "src/skills/suppression/suppressible.ts";
const ledger = "src/skills/scan-ledger.ts";
const scanner = "src/skills/skill-scanner.ts";
const IN_FORCE = "skill === skillName && digests.get(path) === digest && now < Date.parse(expires)";
const MATCHES = "rule === one.ruleId && path === one.path";
const LISTS = "suppressed.push({ ruleId: one.ruleId, path: one.path, reason: entry.reason })";

const bound = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-052"],
  message,
  file: apply,
  find,
  replace,
});

/** What is wrong with how a scanner obeys the suppressions of its host. */
export const suppressionMutants: readonly SourcePatch[] = [
  {
    id: "drops-what-is-suppressed",
    kills: ["SCAN-050"],
    message: "suppressed: ",
    file: apply,
    find: `else ${LISTS}`,
    replace: `else if (entry.reason === "") ${LISTS}`,
  },
  {
    id: "lists-what-is-suppressed-and-keeps-it",
    kills: ["SCAN-050"],
    message: "no finding of these rules",
    file: apply,
    find: "if (entry === undefined) findings.push(one);\n    else",
    replace: "findings.push(one);\n    if (entry !== undefined)",
  },
  {
    id: "gives-a-reason-of-its-own",
    kills: ["SCAN-050"],
    message: "Looked at",
    file: apply,
    find: "reason: entry.reason }",
    replace: "reason: `Suppressed until ${entry.expires}` }",
  },
  {
    id: "suppresses-a-rule-in-every-file",
    kills: ["SCAN-050"],
    message: "all that is found at",
    file: apply,
    find: MATCHES,
    replace: "rule === one.ruleId",
  },
  {
    id: "lets-suppressed-findings-decide",
    kills: ["SCAN-051"],
    message: "verdict allow",
    file: ledger,
    find: "verdict: verdictOf(this.#complete, findings)",
    replace: "verdict: verdictOf(this.#complete, this.#findings)",
  },
  {
    id: "allows-once-something-is-suppressed",
    kills: ["SCAN-051"],
    message: "because of what is found",
    file: ledger,
    find: "verdict: verdictOf(this.#complete, findings)",
    replace: "verdict: verdictOf(this.#complete, suppressed.length > 0 ? [] : findings)",
  },
  bound("suppresses-whatever-the-rule", "another rule", MATCHES, "path === one.path && rule !== one.message"),
  bound("does-not-tell-rules-apart-by-case", "other case", MATCHES, "rule.toLowerCase() === one.ruleId.toLowerCase() && path === one.path"),
  bound("suppresses-for-every-skill", "another skill", IN_FORCE, IN_FORCE.replace("skill === skillName && ", "skill !== path && ")),
  bound(
    "suppresses-for-a-skill-without-a-name",
    "no skill name",
    IN_FORCE,
    IN_FORCE.replace("skill === skillName", "(skillName === undefined || skill === skillName)"),
  ),
  bound("suppresses-the-same-bytes-anywhere", "same bytes", MATCHES, "rule === one.ruleId && digests.get(path) === digests.get(one.path)"),
  bound(
    "does-not-look-at-digests",
    "digest",
    IN_FORCE,
    IN_FORCE.replace("digests.get(path) === digest", "digests.has(path) && digest.length > 0"),
  ),
  {
    id: "suppresses-at-the-very-end",
    kills: ["SCAN-053"],
    message: "expires now",
    file: apply,
    find: "now < Date.parse(expires)",
    replace: "now <= Date.parse(expires)",
  },
  {
    id: "ends-suppressions-a-millisecond-early",
    kills: ["SCAN-053"],
    message: "suppressed",
    file: apply,
    find: "now < Date.parse(expires)",
    replace: "now + 1 < Date.parse(expires)",
  },
  {
    id: "suppresses-for-ever",
    kills: ["SCAN-053"],
    message: "again",
    file: apply,
    find: "now < Date.parse(expires)",
    replace: "now < Number.POSITIVE_INFINITY && expires.length > 0",
  },
  {
    id: "looks-at-the-clock-of-the-machine",
    kills: ["SCAN-053"],
    message: "suppressed",
    file: scanner,
    find: "now: this.#clock.wall()",
    replace: "now: Date.now()",
  },
  {
    id: "suppresses-secrets",
    kills: ["SCAN-054"],
    message: "secrets-aws-in-env",
    file: suppressible,
    find: "  return JUDGEMENTS.includes(category) && !unsuppressibleRules.has(ruleId);",
    replace: '  return category === "secret" || (JUDGEMENTS.includes(category) && !unsuppressibleRules.has(ruleId));',
  },
  {
    id: "suppresses-executables",
    kills: ["SCAN-054"],
    message: "elf-without-extension",
    file: suppressible,
    find: "  return JUDGEMENTS.includes(category) && !unsuppressibleRules.has(ruleId);",
    replace: '  return category === "binary" || (JUDGEMENTS.includes(category) && !unsuppressibleRules.has(ruleId));',
  },
  {
    id: "suppresses-what-a-rule-forbids-to",
    kills: ["SCAN-054"],
    message: "by rules that are not suppressible",
    file: suppressible,
    find: "  return JUDGEMENTS.includes(category) && !unsuppressibleRules.has(ruleId);",
    replace: '  return JUDGEMENTS.includes(category) && (ruleId !== "" || !unsuppressibleRules.has(ruleId));',
  },
  {
    id: "is-not-complete-with-suppressions",
    kills: ["SCAN-055"],
    message: "complete true",
    file: ledger,
    find: "      complete: this.#complete,",
    replace: "      complete: this.#complete && suppressed.length === 0,",
  },
  {
    id: "leaves-suppressed-files-out-of-the-inventory",
    kills: ["SCAN-055"],
    message: "inventory",
    file: ledger,
    find: "      inventory,\n      findings,",
    replace: "      inventory: inventory.filter((entry) => !suppressed.some(({ path }) => path === entry.path)),\n      findings,",
  },
  {
    id: "gives-no-digest-of-what-is-suppressed",
    kills: ["SCAN-055"],
    message: "treeDigest",
    file: ledger,
    find: "treeDigest: this.#complete ?",
    replace: "treeDigest: this.#complete && suppressed.length === 0 ?",
  },
  {
    id: "reads-suppressions-from-the-skill",
    kills: ["SCAN-056"],
    message: "and none suppressed",
    file: scanner,
    find: "entries: suppressions, now",
    replace:
      'entries: process.getBuiltinModule("node:fs").existsSync(`${root.toString()}/.flynn/policy.json`) ? JSON.parse(process.getBuiltinModule("node:fs").readFileSync(`${root.toString()}/.flynn/policy.json`, "utf8")).suppressions : suppressions, now',
  },
];
