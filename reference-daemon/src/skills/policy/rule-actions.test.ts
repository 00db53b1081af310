import { VirtualClock } from "@flynn/sdk/kernel";
import type { Action, RuleInfo } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { temporarySkill } from "../../../test/temporary-skill.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { nearestRuleId } from "./nearest-rule.ts";
import { actionProblem } from "./rule-actions.ts";

const clock = new VirtualClock();

function rule(changes: Partial<RuleInfo>): RuleInfo[] {
  return [{ id: "X", category: "injection", severity: "high", action: "warn", summary: "S.", fix: "F.", since: "0.1.0", ...changes }];
}

describe("an operator", () => {
  test.each(["link", "secret", "encoding", "manifest", "coverage", "injection", "code"] as const)(
    "may raise a rule about %s",
    (category) => {
      for (const action of ["warn", "reject"] as const) expect(actionProblem("X", action, rule({ category }))).toBeUndefined();
    },
  );

  test.each(["injection", "hidden-text", "code", "autorun"] as const)("may lower a rule about %s", (category) => {
    expect(actionProblem("X", "note", rule({ category }))).toBeUndefined();
  });

  test.each(["link", "path", "size", "binary", "encoding", "manifest", "frontmatter", "secret", "coverage", "internal"] as const)(
    "may not lower a rule about %s",
    (category) => {
      expect(actionProblem("X", "note", rule({ category }))).toContain("not lowered to note");
    },
  );

  test("may not lower a rule that says that it cannot be suppressed", () => {
    expect(actionProblem("X", "note", rule({ suppressible: false }))).toContain("not lowered to note");
  });

  test("is told the nearest id of a rule that does not exist", () => {
    expect(actionProblem("FS-LINKS", "warn")).toBe('There is no rule "FS-LINKS"; the nearest is FS-LINK');
    expect(nearestRuleId("enc_invalid")).toBe("ENC-INVALID");
  });
});

describe("a scanner", () => {
  const latin = { "notes.md": Buffer.from([0x63, 0xe9]) };

  test("lets findings do what the operator says, and lists it", async () => {
    using skill = temporarySkill(latin);
    const scanner = new ReferenceSkillScanner({ clock, actions: { "ENC-INVALID": "reject" } });
    const result = await scanner.scan({ root: skill.root, phase: "load" });
    expect(result).toMatchObject({ verdict: "reject", findings: [{ ruleId: "ENC-INVALID", action: "reject" }] });
    expect((await scanner.rules()).find(({ id }) => id === "ENC-INVALID")).toMatchObject({ action: "reject", suppressible: false });
  });

  test("has another version of its rules then, which changes with the actions and the hosts", async () => {
    using skill = temporarySkill();
    const versions = await Promise.all(
      [{}, { actions: { "ENC-INVALID": "reject" } }, { actions: { "ENC-WIDE": "reject" } }, { installerHosts: ["sh.example.com"] }].map(
        async (options) => {
          const scanner = new ReferenceSkillScanner({ clock, ...(options as { actions?: Record<string, Action> }) });
          return (await scanner.scan({ root: skill.root, phase: "load" })).scanner.rulesVersion;
        },
      ),
    );
    expect(new Set(versions).size).toBe(4);
  });

  test.each([
    [{ "NO-SUCH": "warn" }, 'There is no rule "NO-SUCH"'],
    [{ "FS-LINK": "note" }, "FS-LINK is about what a skill is made of"],
    [{ "FS-LINK": "drop" }, "FS-LINK has no action drop"],
  ])("is not made with %j", (actions, problem) => {
    expect(() => new ReferenceSkillScanner({ clock, actions: actions as never })).toThrow(problem);
  });
});
