import { scanRequestSchema } from "@flynn/sdk/skill-scanner";
import { describe, expect, it } from "vitest";

import { brokenRequests, fullRequest, isValid, validRequests } from "./request-variants.ts";

describe("requests that are broken in one member", () => {
  it("start from one with every member that there is", () => {
    const full = fullRequest("/skill");
    expect(isValid(full)).toBe(true);
    expect(Object.keys(full).toSorted()).toEqual(Object.keys(scanRequestSchema.shape).toSorted());
  });

  it("are broken in as many ways as somebody has made a scanner accept", () => {
    const variants = [...brokenRequests("/folder/skill").values()].flat();
    expect(variants.length).toBeGreaterThan(300);
    const told = [...brokenRequests("/folder/skill")].flatMap(([member, list]) => list.map(({ how }) => `${member} ${how}`));
    expect(told).toEqual(
      expect.arrayContaining([
        "phase left out",
        'root as "~/folder/skill"',
        "limits.files as 9007199254740992",
        'policy.assets as ["PNG"]',
        'policy.suppressions[0].expires as "2999-02-30T00:00:00Z"',
        "policy.suppressions[0] with a member trusted",
      ]),
    );
  });

  it("are told apart by the member, down to those of a suppression", () => {
    expect([...brokenRequests("/skill").keys()]).toEqual(
      expect.arrayContaining(["the request itself", "root", "intent.routed", "limits.depth", "policy.suppressions[0].expires"]),
    );
  });

  it.each(Object.entries(validRequests("/skill")))("are unlike those with %s", (_, request) => {
    expect(isValid(request)).toBe(true);
  });
});
