import { categorySchema } from "@flynn/sdk/skill-scanner";
import type { Category, Finding, HostSuppression, InventoryEntry } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { applySuppressions } from "./apply-suppressions.ts";

const DIGEST = "a".repeat(64);
const EXPIRES = "2031-01-31T00:00:00Z";
const EXPIRY = Date.parse(EXPIRES);

const entry: HostSuppression = {
  rule: "INJ-SAMPLE",
  skill: "weather",
  path: "docs/a.md",
  digest: DIGEST,
  reason: "It quotes the attack that it warns of.",
  expires: EXPIRES,
};
const inventory: InventoryEntry[] = [{ path: "docs/a.md", kind: "file", bytes: 1, sha256: DIGEST, disposition: "read" }];

function found(changes: Partial<Finding> = {}): Finding {
  return {
    ruleId: "INJ-SAMPLE",
    category: "injection",
    severity: "high",
    action: "reject",
    path: "docs/a.md",
    line: 1,
    column: 1,
    message: "A sample.",
    evidence: { text: "", redacted: false },
    ...changes,
  };
}

interface Attempt {
  readonly findings?: readonly Finding[];
  readonly entries?: readonly HostSuppression[];
  readonly skillName?: string | undefined;
  readonly now?: number;
  readonly files?: readonly InventoryEntry[];
}

/** How many findings are left, and how many are suppressed. */
function outcome({ findings = [found()], entries = [entry], now = EXPIRY - 1, files = inventory, ...rest }: Attempt): number[] {
  const skillName = "skillName" in rest ? rest.skillName : "weather";
  const judged = applySuppressions(findings, files, { skillName, entries, now });
  return [judged.findings.length, judged.suppressed.length];
}

test("a finding that an entry stands for is suppressed, with the reason", () => {
  const judged = applySuppressions([found()], inventory, { skillName: "weather", entries: [entry], now: EXPIRY - 1 });
  expect(judged).toEqual({ findings: [], suppressed: [{ ruleId: "INJ-SAMPLE", path: "docs/a.md", reason: entry.reason }] });
});

describe("a finding stays", () => {
  const changed = { ...inventory[0], sha256: `b${DIGEST.slice(1)}` } as InventoryEntry;
  const attempts: readonly (readonly [string, Attempt])[] = [
    ["for another rule", { findings: [found({ ruleId: "INJ-OTHER" })] }],
    ["for a rule whose id differs in case", { findings: [found({ ruleId: "inj-sample" })] }],
    ["in another skill", { skillName: "weather2" }],
    ["in a request that names no skill", { skillName: undefined }],
    [
      "in another file with the same bytes",
      { findings: [found({ path: "b.md" })], files: [{ ...inventory[0], path: "b.md" } as InventoryEntry] },
    ],
    ["for the skill as a whole", { findings: [found({ path: "" })] }],
    ["once a byte of the file has changed", { files: [changed] }],
    ["when the file was not read to its end", { files: [{ ...changed, sha256: null }] }],
    ["when nothing is at the path", { files: [] }],
    ["from the very instant of its expiry on", { now: EXPIRY }],
    ["when the instant makes no sense", { entries: [{ ...entry, expires: "whenever" }] }],
  ];

  test.each(attempts)("%s", (_, attempt) => {
    const count = attempt.findings?.length ?? 1;
    expect(outcome(attempt)).toEqual([count, 0]);
  });
});

test("two findings of one rule in one file are both suppressed, and both counted", () => {
  expect(outcome({ findings: [found(), found({ line: 7 }), found({ ruleId: "INJ-OTHER" })] })).toEqual([1, 2]);
});

test("two entries for one finding suppress it once, for the reason of the first that is in force", () => {
  const entries = [{ ...entry, expires: "2020-01-01T00:00:00Z", reason: "Old." }, { ...entry, reason: "First." }, entry];
  const judged = applySuppressions([found()], inventory, { skillName: "weather", entries, now: EXPIRY - 1 });
  expect(judged.suppressed.map(({ reason }) => reason)).toEqual(["First."]);
});

describe("the category", () => {
  const suppressible: readonly Category[] = ["injection", "hidden-text", "code", "autorun"];

  test.each(categorySchema.options)("%s decides, whatever the policy says", (category) => {
    const expected = suppressible.includes(category) ? [0, 1] : [1, 0];
    expect(outcome({ findings: [found({ category })] })).toEqual(expected);
  });

  test("of the rule decides too: a finding that says otherwise changes nothing", () => {
    const entries = [{ ...entry, rule: "FS-LINK" }];
    expect(outcome({ findings: [found({ ruleId: "FS-LINK" })], entries })).toEqual([1, 0]);
  });
});
