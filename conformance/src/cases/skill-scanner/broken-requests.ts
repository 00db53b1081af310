import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { brokenRequests, validRequests } from "./request-variants.ts";
import { describe, scan } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";

const MEMBERS = [...brokenRequests("/skill").keys()];
const VALID = Object.keys(validRequests("/skill"));
const SHOWN = 160;

export const brokenRequestCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-059/broken-in-one-thing",
    requirement: "SCAN-059",
    title: "scans a clean skill with requests that are broken in one member, each of them in several ways",
    isolation: "shared",
    expects: MEMBERS,
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "clean-minimal");
      controlRead(context, skill, await scan(instance, skill.request));
      for (const [member, variants] of brokenRequests(skill.root)) {
        let did = "";
        let got = "";
        for (const { how, request } of variants) {
          const answer = await instance.ask<ScanResult>("scan", request);
          if (!answer.ok && answer.error.code === "INVALID_REQUEST") continue;
          did = `called scan for a clean skill with ${member} ${how.length > SHOWN ? `${how.slice(0, SHOWN)}…` : how}`;
          got = describe(answer);
          break;
        }
        context.check(member, did === "", { did, expected: "the error INVALID_REQUEST", got });
      }
    },
  }),
  defineCase({
    id: "SCAN-059/unusual-and-valid",
    requirement: "SCAN-059",
    title: "scans a clean skill with requests that are unusual and break nothing",
    isolation: "shared",
    expects: VALID,
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "clean-minimal");
      controlRead(context, skill, await scan(instance, skill.request));
      for (const [name, request] of Object.entries(validRequests(skill.root))) {
        const answer = await instance.ask<ScanResult>("scan", request);
        context.check(name, answer.ok, {
          did: `called scan for a clean skill with ${name}`,
          expected: "a result, whatever its verdict, because the schema allows such a request",
          got: describe(answer),
          next: "Refuse what the schema forbids, and nothing else.",
        });
      }
    },
  }),
];
