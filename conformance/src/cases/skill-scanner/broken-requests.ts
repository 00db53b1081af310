import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

import { controlRead } from "./benign-control.ts";
import { describe, scan } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";

/** A request as it should be, broken in one thing. */
const BROKEN = {
  "a relative root": (request: ScanRequest) => ({ ...request, root: request.root.slice(1) }),
  "an empty root": (request: ScanRequest) => ({ ...request, root: "" }),
  "a phase that there is not": (request: ScanRequest) => ({ ...request, phase: "run" }),
  "a member that there is not": (request: ScanRequest) => ({ ...request, trusted: true }),
  "a limit that there is not": (request: ScanRequest) => ({ ...request, limits: { lines: 5 } }),
  "a limit of nothing": (request: ScanRequest) => ({ ...request, limits: { files: 0 } }),
  "a limit in words": (request: ScanRequest) => ({ ...request, limits: { files: "500" } }),
  "an asset that there is not": (request: ScanRequest) => ({ ...request, policy: { assets: ["exe"] } }),
  "an intent without permissions": (request: ScanRequest) => ({ ...request, intent: { routed: true } }),
} as const satisfies Record<string, (request: ScanRequest) => unknown>;

export const brokenRequestCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-059/broken-in-one-thing",
    requirement: "SCAN-059",
    title: `scans a clean skill with requests that are broken in one thing: ${Object.keys(BROKEN).join(", ")}`,
    isolation: "shared",
    expects: Object.keys(BROKEN),
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "clean-minimal");
      controlRead(context, skill, await scan(instance, skill.request));
      for (const [name, breakIt] of Object.entries(BROKEN)) {
        const answer = await instance.ask<ScanResult>("scan", breakIt(skill.request));
        context.check(name, !answer.ok && answer.error.code === "INVALID_REQUEST", {
          did: `called scan for a clean skill with ${name}`,
          expected: "the error INVALID_REQUEST",
          got: describe(answer),
        });
      }
    },
  }),
];
