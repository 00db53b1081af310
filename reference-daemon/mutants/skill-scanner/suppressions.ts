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

const moved = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-050"],
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
    message: "left, unchanged",
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
    message: "left, unchanged",
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
  moved("suppresses-only-what-is-refused", "suppressed", "mayBeSuppressed(one) ?", 'mayBeSuppressed(one) && one.action === "reject" ?'),
  moved("suppresses-only-code", "suppressed", "mayBeSuppressed(one) ?", 'mayBeSuppressed(one) && one.category === "code" ?'),
  moved(
    "suppresses-nothing-in-folders",
    "tools/deep/third.sh",
    "mayBeSuppressed(one) ?",
    'mayBeSuppressed(one) && !one.path.includes("/") ?',
  ),
  moved(
    "lists-one-finding-of-a-rule",
    "suppressed",
    `else ${LISTS}`,
    `else if (!suppressed.some(({ ruleId, path }) => ruleId === one.ruleId && path === one.path)) ${LISTS}`,
  ),
  moved(
    "lists-a-finding-for-each-entry",
    "of which two stand",
    `else ${LISTS}`,
    `else for (const { reason } of inForce.filter(({ rule, path }) => ${MATCHES})) suppressed.push({ ruleId: one.ruleId, path: one.path, reason })`,
  ),
  moved("reads-sixteen-entries", "suppressed", "const inForce = entries.filter(", "const inForce = entries.slice(0, 16).filter("),
  {
    id: "lets-the-first-entry-decide",
    kills: ["SCAN-053"],
    message: "one that has expired",
    file: apply,
    find: "const inForce = entries.filter(",
    replace:
      "const inForce = entries.filter(({ rule, path }, at) => entries.findIndex((other) => other.rule === rule && other.path === path) === at).filter(",
  },
  moved("cuts-reasons", "500 characters", "reason: entry.reason }", "reason: entry.reason.slice(0, 80) }"),
  bound(
    "suppresses-by-the-beginning-of-a-path",
    "and none of them suppressed",
    MATCHES,
    "rule === one.ruleId && one.path.startsWith(path)",
  ),
  bound(
    "suppresses-by-the-name-of-a-file",
    "and none of them suppressed",
    MATCHES,
    'rule === one.ruleId && one.path.split("/").at(-1) === path.split("/").at(-1)',
  ),
  bound("suppresses-by-the-beginning-of-a-rule", "the beginning of the rule", MATCHES, "one.ruleId.startsWith(rule) && path === one.path"),
  bound(
    "suppresses-every-rule-of-a-file",
    "and nothing else",
    MATCHES,
    'path === one.path && (rule === one.ruleId || one.path === "tools/mixed.sh")',
  ),
  bound(
    "does-not-tell-skills-apart-by-case",
    "the skill in other case",
    IN_FORCE,
    IN_FORCE.replace("skill === skillName", "skill.toLowerCase() === skillName?.toLowerCase()"),
  ),
  bound(
    "suppresses-by-the-beginning-of-a-skill",
    "the beginning of the name",
    IN_FORCE,
    IN_FORCE.replace("skill === skillName", 'skill.startsWith(skillName ?? "-")'),
  ),
  {
    ...bound(
      "remembers-suppressions",
      "with a policy that suppresses",
      "  const digests = new Map(",
      "  const memory = globalThis as unknown as { seen?: HostSuppression[] };\n  entries = memory.seen = [...(memory.seen ?? []), ...entries];\n  const digests = new Map(",
    ),
    kills: ["SCAN-050"],
  },
  {
    id: "compares-expiry-as-text",
    kills: ["SCAN-053"],
    message: "expires now, at",
    file: apply,
    find: "now < Date.parse(expires)",
    replace: "new Date(now).toISOString() < expires",
  },
  {
    id: "keeps-a-suppression-ended",
    kills: ["SCAN-053"],
    message: "set back",
    file: apply,
    find: "now < Date.parse(expires)",
    replace:
      "(((globalThis as unknown as { latest?: number }).latest = Math.max(now, (globalThis as unknown as { latest?: number }).latest ?? 0)) < Date.parse(expires))",
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
    id: "suppresses-secrets-beside-a-judgement",
    kills: ["SCAN-054"],
    message: "in a script that pipes a download into bash",
    file: apply,
    find: "const entry = mayBeSuppressed(one) ?",
    replace:
      'const entry = mayBeSuppressed(one) || (one.category === "secret" && found.some((other) => other.path === one.path && mayBeSuppressed(other))) ?',
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
