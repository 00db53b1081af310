import { expect, test } from "vitest";

import { SkillRequests } from "./skill-requests.ts";

const entry = (skill: string): { rule: string; skill: string; path: string; digest: string; reason: string; expires: string } => ({
  rule: "CODE-PIPE",
  skill,
  path: "a.sh",
  digest: "0".repeat(64),
  reason: "ours",
  expires: "2031-01-31T00:00:00Z",
});

test("a skill gets its own suppressions and everything else as it is", () => {
  const request = {
    phase: "install",
    limits: { files: 3 },
    policy: { assets: ["png" as const], suppressions: [entry("a"), entry("b")] },
  } as const;
  const requests = new SkillRequests({
    request: { ...request, policy: { assets: ["png"], suppressions: [...request.policy.suppressions] } },
    actions: {},
    installerHosts: [],
  });
  expect(requests.for({ root: "/a", skillName: "a" })).toEqual({
    ...request,
    policy: { assets: ["png"], suppressions: [entry("a")] },
    root: "/a",
    skillName: "a",
  });
  expect(requests.for({ root: "/c", skillName: "c" }).policy).toEqual({ assets: ["png"], suppressions: [] });
});

test("what says nothing of a policy is asked without one", () => {
  const requests = new SkillRequests({ request: { phase: "load" }, actions: {}, installerHosts: [] });
  expect(requests.for({ root: "/a", skillName: "a" })).toEqual({ phase: "load", root: "/a", skillName: "a" });
});
