import type { ScanRequest } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, isAccepted, isRefused, scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** Harmless skills, each with a request under which the very same bytes are refused. */
const NEXT = [
  {
    requirement: "SCAN-021",
    id: "one-permission",
    other: "with a vocabulary that lacks its permission",
    change: (request: ScanRequest): ScanRequest => ({ ...request, intent: { routed: true, permissions: ["something.else"] } }),
  },
  {
    requirement: "SCAN-019",
    id: "png-asset",
    other: "with a policy that names no asset",
    change: (request: ScanRequest): ScanRequest => ({ ...request, policy: {} }),
  },
] as const;

/** What a scanner remembers of a tree must not answer for another request. */
export const nextRequestCases: readonly CaseDefinition[] = NEXT.map(({ requirement, id, other, change }) =>
  defineCase({
    id: `${requirement}/same-bytes-in-another-request`,
    requirement,
    title: `scans ${id}, scans it ${other}, and once more as at first`,
    isolation: "shared",
    expects: ["not refused", "refused", "not refused again"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, id);
      const accepted = { expected: "a verdict other than reject", next: "Let a result that is kept answer only for the same request." };
      const first = await scan(instance, skill.request);
      context.check("not refused", isAccepted(first), { ...accepted, did: didScan(skill), got: describe(first) });
      const second = await scan(instance, change(skill.request));
      context.check("refused", isRefused(second), {
        did: `${didScan(skill)}, and then ${other}`,
        expected: "verdict reject",
        got: describe(second),
        next: accepted.next,
      });
      const third = await scan(instance, skill.request);
      context.check("not refused again", isAccepted(third), {
        ...accepted,
        did: `${didScan(skill)} once more, after a scan ${other}`,
        got: describe(third),
      });
    },
  }),
);
