import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";
import type { Category, ScanRequest } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { gatheredSkill } from "./gathered-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";

const ROOM = { files: 600, fileBytes: 2 ** 21 };
const intent = { routed: false, permissions: ["notes.read"] };

/** What a request may say besides the root. None of it is a reason to look away from a text. */
const REQUESTS = {
  "to load": { phase: "load" },
  "to load, by its name": { phase: "load", skillName: "reading-list" },
  "to install": { phase: "install" },
  "to install, by its name": { phase: "install", skillName: "reading-list" },
  "with an intent": { phase: "load", intent },
  "with allowed assets": { phase: "load", policy: { assets: ["png", "woff2"] } },
  "with tighter limits": { phase: "load", limits: { files: 400, totalBytes: 2 ** 22 } },
  "with wider limits": { phase: "load", limits: ROOM },
  "with every limit": { phase: "load", limits: DEFAULT_LIMITS },
  "with all of these": { phase: "install", skillName: "reading-list", intent, policy: { assets: ["png"], suppressions: [] }, limits: ROOM },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;

const PAYLOADS: Readonly<Record<string, readonly Category[]>> = {
  "secrets-github-token-in-python": ["secret"],
  "instructions-override": ["injection"],
  "remote-bash-device": ["code"],
};
const SKILL = gatheredSkill("payloads-in-three-folders", "A credential, an order and a reverse shell.", Object.keys(PAYLOADS));

export const requestShapeCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-046/whatever-the-request-says",
    requirement: "SCAN-046",
    title: `scans a skill with payloads in its texts ${Object.keys(REQUESTS).join("; ")}`,
    isolation: "shared",
    requires: SKILL.requires,
    expects: Object.keys(REQUESTS),
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, SKILL);
      for (const [name, request] of Object.entries(REQUESTS)) {
        const scanned = await scan(instance, { ...request, root: skill.root } as unknown as ScanRequest);
        controlRead(context, skill, scanned);
        const missing = Object.entries(PAYLOADS).filter(
          ([folder, categories]) =>
            !findingsOf(scanned).some(
              ({ path, category, action }) => path.startsWith(`${folder}/`) && action !== "note" && categories.includes(category),
            ),
        );
        context.check(name, missing.length === 0, {
          did: `scanned a skill with a credential, an order and a reverse shell ${name}: ${JSON.stringify(request)}`,
          expected: "a finding of category secret, injection and code, one in each of the three folders, whose action is warn or reject",
          got: `none in ${missing.map(([folder]) => folder).join(", ")}: ${describe(scanned)}`,
          next: "Judge the texts in every scan, whatever else the request asks for.",
        });
      }
    },
  }),
];
