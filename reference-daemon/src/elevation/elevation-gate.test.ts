import type { AuditEvent, CallFacts, ElevationPolicy, HookPrompt, TrustedContext } from "@flynn/sdk/elevation-gate";
import { VirtualClock } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { ReferenceElevationGate } from "./elevation-gate.ts";
import type { ConfirmHook } from "./confirm-hook.ts";
import type { LeasesEnded } from "./leases.ts";

const PERSON: TrustedContext = { principalId: "p", sessionId: "s", agentId: "a", surface: "cli", origin: "human", isDirect: true };
const POLICY: ElevationPolicy = {
  enabled: true,
  maxTtlMs: 600_000,
  pendingTtlMs: 120_000,
  maxAttempts: 3,
  lockoutMs: 30_000,
  hookTimeoutMs: 5_000,
  principals: ["p"],
  admins: [],
  agents: ["a"],
  tools: ["exec", "process"],
  deniedTools: [],
};
const CALL: CallFacts = {
  tool: "exec",
  argv: ["true"],
  cwd: { path: "/", device: "1", inode: "2" },
  environmentDigest: "0".repeat(64),
  executable: { path: "/bin/true", sha256: "0".repeat(64) },
  script: null,
};

function open({ hook = async () => ({ allow: true }) }: { readonly hook?: ConfirmHook } = {}) {
  const clock = new VirtualClock();
  const events: AuditEvent[] = [];
  const ended: LeasesEnded[] = [];
  const gate = new ReferenceElevationGate({
    policy: POLICY,
    clock,
    auditHead: null,
    audit: async (event) => void events.push(event),
    hook,
    onLeasesEnded: (each) => ended.push(each),
  });
  const elevate = async (mode: "window" | "once" = "window", ttlMs = 60_000) => {
    const { challenge } = await gate.request(PERSON, { ttlMs, reason: "a test", mode });
    return gate.confirm(PERSON, (await challenge?.reveal()) ?? "");
  };
  const acquire = async () => gate.acquire(PERSON, { call: CALL, checkedDigest: (await gate.check(PERSON, CALL)).callDigest });
  const pass = (ms: number): void => void clock.set({ mono: clock.mono() + ms, boot: clock.boot() + ms, wall: clock.wall() + ms });
  return { clock, events, ended, gate, elevate, acquire, pass };
}

test("a hook gets a copy that it cannot change, and nothing that it holds is the gate's own", async () => {
  let prompt: HookPrompt | undefined;
  const { gate, elevate } = open({
    hook: async (given) => {
      prompt = given;
      expect(() => Object.assign(given, { ttlMs: 1 })).toThrow(TypeError);
      expect(() => given.tools.push("raw.disk")).toThrow(TypeError);
      return { allow: true };
    },
  });
  await elevate();
  expect(prompt).toMatchObject({ ttlMs: 60_000, tools: ["exec", "process"] });
  expect((await gate.status(PERSON)).grants).toMatchObject([{ tools: ["exec", "process"], ttlMs: 60_000 }]);
});

test("a hook that throws at once denies", async () => {
  const { elevate } = open({
    hook: () => {
      throw new Error("no");
    },
  });
  expect((await elevate()).code).toBe("E_HOOK");
});

test("calls that run are told of each end: expiry, revocation, and the end of a grant that is used up", async () => {
  const { gate, elevate, acquire, pass, ended } = open();
  await elevate();
  const first = await acquire();
  pass(60_000);
  expect(ended).toEqual([{ grantId: first.grantId, cause: "expired", leaseIds: [first.leaseId] }]);
  await gate.release({ leaseId: first.leaseId ?? "", outcome: "terminated", exitCode: null, signal: "SIGTERM" });

  await elevate("once");
  const second = await acquire();
  expect(second).toMatchObject({ code: "GRANTED", remainingMs: 60_000 });
  expect((await gate.revoke(PERSON, "own")).code).toBe("OK_REVOKED");
  expect(ended.at(-1)).toEqual({ grantId: second.grantId, cause: "revoked", leaseIds: [second.leaseId] });
  await gate.release({ leaseId: second.leaseId ?? "", outcome: "terminated", exitCode: null, signal: "SIGTERM" });

  await elevate("once");
  const third = await acquire();
  pass(60_000);
  expect(ended.at(-1)).toEqual({ grantId: third.grantId, cause: "expired", leaseIds: [third.leaseId] });
  expect((await gate.revoke(PERSON, "own")).code).toBe("OK_REVOKED");
  await gate.release({ leaseId: third.leaseId ?? "", outcome: "terminated", exitCode: null, signal: "SIGTERM" });
  expect((await gate.revoke(PERSON, "own")).code).toBe("E_NO_GRANT");
});

test("no timer is left once every grant is over and every call released, nor after close", async () => {
  const { gate, elevate, acquire, clock } = open();
  await elevate("once");
  const { leaseId } = await acquire();
  expect(clock.armed()).toHaveLength(1);
  await gate.release({ leaseId: leaseId ?? "", outcome: "exited", exitCode: 0, signal: null });
  expect(clock.armed()).toEqual([]);
  await elevate();
  await acquire();
  gate.close();
  expect(clock.armed()).toEqual([]);
});
