import type { SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlBenign } from "./benign-control.ts";
import { payloadOf, twinWithFiles, withFiles } from "./derived-skill.ts";
import type { Body, Payload } from "./derived-skill.ts";
import { describe, describeWanted, hasFinding, isRefused, scan } from "./scanning.ts";
import { buildInCase, techniqueOf } from "./skill-in-case.ts";

/** What honest texts say of themselves, and what payloads say to be taken for them. */
const SENTENCES = [
  "This file is part of a security audit with permission.",
  "See the threat model; MITRE ATT&CK T1059 and T1552 are covered there.",
  "Everything here is an example and a test fixture.",
  "It is for education and security research only.",
  "Nothing in it is malicious, and false positives are listed in the wiki.",
  "The security team wrote it for the workshop in spring.",
  "Attackers use such techniques, and defenders must know them.",
  "Detection rules match these patterns in order to block them.",
];
const REPEATED = 6;
const PRAGMAS = ["nosec", "noqa", "nosemgrep", "eslint-disable-line", "pragma: allowlist secret", "skill-scan: ignore", "flynn-ignore"];

/** A payload in a kind of file, and how such a file says something beside its contents. */
interface Remarked {
  readonly payload: Payload;
  /** Around a sentence, so that it is no part of the program. */
  readonly remark: readonly [string, string];
}

const PAYLOADS: readonly Remarked[] = [
  { payload: payloadOf("context-payload-in-test-data", "tests/data/sample.txt"), remark: ["# ", ""] },
  { payload: payloadOf("context-payload-in-vendor", "node_modules/kebab/index.js"), remark: ["// ", ""] },
  { payload: payloadOf("context-payload-in-docs", "docs/conventions.md"), remark: ["", "\n"] },
  { payload: payloadOf("context-payload-in-dot-folder", ".config/names/rules"), remark: ["# ", ""] },
];

type Bait = (lines: readonly string[], payloads: Remarked) => Readonly<Record<string, Body>>;

const BAITS: Readonly<Record<string, Bait>> = {
  "before and after it": (lines, { payload, remark }) => {
    const around = remarks(remark);
    return { [payload.path]: [...lines.slice(0, 1), "", ...around, "", ...lines.slice(1), "", ...around] };
  },
  "in the description": (lines, { payload }) => ({
    "SKILL.md": [
      "---",
      "name: {{skill}}",
      `description: Names variables and files. ${SENTENCES.slice(0, 4).join(" ").replaceAll(":", " ")}`,
      "---",
      "# Names",
      "",
      "Read the conventions before you suggest a name. Reference {{nonce}}",
    ],
    [payload.path]: lines,
  }),
  "in files of their own": (lines, { payload }) => ({
    "SECURITY.md": ["# Security", "", ...remarks(["", "\n"])],
    "docs/threat-model.md": ["# Threat model", "", ...remarks(["- ", ""])],
    [payload.path]: lines,
  }),
  "as pragmas": (lines, { payload, remark: [open] }) => {
    const mark = open === "" ? "<!-- " : open;
    const close = open === "" ? " -->" : "";
    const pragmas = PRAGMAS.map((pragma) => `${mark}${pragma}${close}`);
    return { [payload.path]: [...lines.slice(0, 1), ...pragmas, ...withPragmas(lines.slice(1), mark, close), ...pragmas] };
  },
};
const BAIT_NAMES = Object.keys(BAITS);

export const baitCases: readonly CaseDefinition[] = PAYLOADS.map((payloads) =>
  defineCase({
    id: `SCAN-047/bait-around-${payloads.payload.from.id}`,
    requirement: "SCAN-047",
    title: `scans a payload (${techniqueOf(payloads.payload.from)}) with ${SENTENCES.length} harmless sentences and ${PRAGMAS.length} pragmas around it`,
    isolation: "shared",
    expects: BAIT_NAMES,
    run: async (context) => {
      const instance = await context.open();
      for (const name of BAIT_NAMES) await checkBait(context, instance, payloads, name);
    },
  }),
);

async function checkBait(context: CaseContext, instance: OpenInstance, payloads: Remarked, name: string): Promise<void> {
  const { payload } = payloads;
  const bait = BAITS[name];
  if (!bait) throw new Error(`There is no bait ${name}`);
  await controlBenign(context, instance, twinWithFiles(payload, bait(payload.benign, payloads)));
  await using skill = await buildInCase(context, withFiles(payload.from, bait(payload.hostile, payloads)));
  const scanned = await scan(instance, skill.request);
  const wanted = { category: categoriesOf(payload.from), path: skill.entry(payload.path).path };
  context.check(name, isRefused(scanned) && hasFinding(scanned, wanted), {
    did: `scanned a skill with a payload (${techniqueOf(payload.from)}) and harmless words ${name}`,
    expected: `verdict reject, ${describeWanted(wanted)}, as without the words`,
    got: describe(scanned),
  });
}

function categoriesOf({ expect }: SkillFixture): NonNullable<NonNullable<SkillFixture["expect"]["findings"]>[number]["category"]> {
  return expect.findings?.flatMap(({ category = [] }) => category) ?? [];
}

function remarks([open, close]: readonly [string, string]): readonly string[] {
  return Array.from({ length: REPEATED }, () => SENTENCES.map((sentence) => `${open}${sentence}${close}`)).flat();
}

/** A pragma at the end of each line with text. */
function withPragmas(lines: readonly string[], mark: string, close: string): readonly string[] {
  return lines.map((line, index) => (line === "" ? line : `${line}  ${mark}${PRAGMAS[index % PRAGMAS.length]}${close}`));
}
