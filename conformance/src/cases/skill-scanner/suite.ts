import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { ScanResult } from "@flynn/sdk/skill-scanner";
import { skillScannerContract } from "@flynn/sdk/skill-scanner";

import { shown } from "../../judge/shown.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { skillScannerCases } from "./index.ts";

export const skillScannerSuite: SuiteDefinition = {
  contract: skillScannerContract,
  cases: skillScannerCases,
  defaultOpenOptions: () => ({}),
  exercise: async (context, instance) => {
    const name = context.random.word();
    const root = join(context.workspace, name);
    const text = `---\nname: ${name}\ndescription: ${context.random.word(24)}\n---\n\nSay hello.\n`;
    mkdirSync(root);
    writeFileSync(join(root, "SKILL.md"), text);
    const answer = await instance.ask<ScanResult>("scan", { root, phase: "load" });
    const expected = createHash("sha256").update(text).digest("hex");
    const listed = answer.ok ? answer.value.inventory.find((entry) => entry.path === "SKILL.md") : undefined;
    const without = answer.ok ? "no SKILL.md in the inventory" : shown(answer);
    const got = listed ? `SKILL.md with sha256 ${String(listed.sha256)}` : without;
    const observation = { did: "scanned a clean skill", expected: `SKILL.md with sha256 ${expected}`, got };
    context.control("SCAN-001", listed?.sha256 === expected, observation);
  },
};
