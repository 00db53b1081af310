import type { Finding, ScanResult, Severity } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { answerOf } from "./install-policy-answer.ts";

const DIGEST = "d".repeat(64);

function found(changes: Partial<Finding> = {}): Finding {
  return {
    ruleId: "X-RULE",
    category: "code",
    severity: "high",
    action: "warn",
    path: "docs/a.md",
    line: 3,
    column: 1,
    message: "It is so. Do this.",
    evidence: { text: "evidence", redacted: false },
    ...changes,
  };
}

function result(verdict: ScanResult["verdict"], findings: readonly Finding[], treeDigest: string | null = DIGEST): ScanResult {
  const scanner = { name: "flynn", version: "1", rulesVersion: "1" };
  const complete = treeDigest !== null;
  return { schema: "skill-scan/1", verdict, complete, treeDigest, scanner, inventory: [], findings: [...findings], suppressed: [] };
}

test("a clean skill is allowed, without a word", () => {
  expect(answerOf(result("allow", []))).toEqual({ protocolVersion: 1, decision: "allow" });
});

test("notes of an allowed skill are told", () => {
  expect(answerOf(result("allow", [found({ action: "note", severity: "info" })]))).toEqual({
    protocolVersion: 1,
    decision: "allow",
    findings: [{ ruleId: "X-RULE", severity: "info", message: "It is so. Do this.", file: "docs/a.md", line: 3, evidence: "evidence" }],
  });
});

test("a skill with warnings is warned of, and the consent to that is bound to its bytes", () => {
  const { decision, reason } = answerOf(result("warn", [found(), found({ ruleId: "Y-RULE", action: "note" })]));
  expect({ decision, reason }).toEqual({
    decision: "warn",
    reason: `Flynn's skill scanner warns of it: X-RULE. Tree sha256:${DIGEST}.`,
  });
});

test("a rejected skill is blocked, and the weightiest findings come first", () => {
  const findings = [found({ action: "note" }), found(), found({ ruleId: "Z-RULE", action: "reject" })];
  const answer = answerOf(result("reject", findings, null));
  expect(answer.decision).toBe("block");
  expect(answer.reason).toBe("Flynn's skill scanner rejects it: Z-RULE. Not everything could be read.");
  expect(answer.findings?.map(({ ruleId }) => ruleId)).toEqual(["Z-RULE", "X-RULE", "X-RULE"]);
});

test.each<[Severity, string]>([
  ["critical", "critical"],
  ["high", "critical"],
  ["medium", "warn"],
  ["low", "info"],
  ["info", "info"],
])("%s is %s", (severity, expected) => {
  expect(answerOf(result("warn", [found({ severity })])).findings?.[0]?.severity).toBe(expected);
});

test("what a finding does not have is left out, because OpenClaw takes no empty text", () => {
  const bare = found({ path: "", line: null, column: null, evidence: { text: "", redacted: false } });
  expect(answerOf(result("warn", [bare])).findings).toEqual([{ ruleId: "X-RULE", severity: "critical", message: "It is so. Do this." }]);
});

describe("what is too much", () => {
  const many = Array.from({ length: 500 }, (_, number) =>
    found({ ruleId: `RULE-${number}`, message: `${"m".repeat(300)}.`, action: "reject" }),
  );

  test("is cut to what OpenClaw shows, and the rest is counted", () => {
    const { findings = [], reason = "" } = answerOf(result("reject", many));
    const last = findings.at(-1);
    expect(last?.message).toBe(`There are ${500 - findings.length + 1} more findings. Run flynn skills scan on the skill to see them.`);
    expect(findings.length).toBeLessThanOrEqual(100);
    const shown = findings.map(
      ({ ruleId, message, file = "", evidence = "" }) => `    • [CRITICAL] ${ruleId}: ${message} (${file}:99999) Evidence: ${evidence}`,
    );
    expect(shown.join("\n").length + reason.length).toBeLessThan(3_000);
    expect(reason).toContain("RULE-4 and 495 more");
  });

  test("of one rule does not hide another one", () => {
    const flood = Array.from({ length: 200 }, () => found());
    const answer = answerOf(
      result("warn", [...flood, found({ ruleId: "RARE", severity: "medium" }), found({ ruleId: "WORST", severity: "critical" })]),
    );
    expect(answer.findings?.slice(0, 4).map(({ ruleId }) => ruleId)).toEqual(["WORST", "X-RULE", "RARE", "X-RULE"]);
  });

  test("is cut in each text", () => {
    const long = found({ message: "👍".repeat(600), path: "p".repeat(1_200) });
    const { findings = [] } = answerOf(result("allow", [long]));
    for (const { message, file = "" } of findings)
      expect([message.length <= 1_000, file.length <= 1_000, message.isWellFormed()]).toEqual([true, true, true]);
  });

  test("is fewer than a hundred findings, however short", () => {
    const short = Array.from({ length: 300 }, () =>
      found({ ruleId: "R", message: "M", path: "", evidence: { text: "", redacted: false } }),
    );
    expect(answerOf(result("warn", short)).findings?.length).toBeLessThanOrEqual(100);
  });
});
