import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { renderElevationReply, renderHookPrompt, renderSyntaxProblem } from "./command-text.ts";
import { replyCodeSchema } from "./schema.ts";
import type { ElevationReply, GrantView, HookPrompt } from "./schema.ts";

const GRANT: GrantView = {
  grantId: "elv_1",
  state: "active",
  principalId: "@alice:example.invalid",
  sessionId: "session-1",
  agentId: "main",
  tools: ["exec"],
  mode: "window",
  ttlMs: 600_000,
  reason: "restart nginx",
  remainingMs: 599_001,
};

const text = (reply: Partial<ElevationReply> & Pick<ElevationReply, "code">): string =>
  renderElevationReply({ grants: [], limits: null, attemptsLeft: null, retryAfterMs: null, ...reply });

describe("every code", () => {
  test.each(replyCodeSchema.options)("%s has a text, with as little as a reply can hold", (code) => {
    expect(text({ code })).toMatch(/^[A-Z].*\.$/u);
  });

  test("no two have the same", () => {
    const texts = replyCodeSchema.options.map((code) => text({ code }));
    expect(new Set(texts).size).toBe(texts.length);
  });
});

describe("a grant is told by", () => {
  test("its tools, its calls, its time and its reason", () => {
    expect(text({ code: "OK_PENDING", grants: [{ ...GRANT, state: "pending", remainingMs: 120_000 }] })).toBe(
      'Asked for HOST execution: tools exec, any number of calls, 10 min, reason: "restart nginx". ' +
        "Confirm within 2 min with /elevate confirm and the code; /elevate deny withdraws it.",
    );
    expect(text({ code: "OK_ACTIVE", grants: [{ ...GRANT, mode: "once", tools: ["exec", "process"] }] })).toBe(
      'HOST execution is on for 10 min: tools exec, process, one call, 10 min, reason: "restart nginx". /elevate revoke ends it.',
    );
  });

  test("a line for each in a status", () => {
    const grants = [GRANT, { ...GRANT, state: "pending", grantId: "elv_2", sessionId: 'a"b\u202E\n', remainingMs: 1 } as const];
    expect(text({ code: "OK_STATUS", grants })).toBe(
      'HOST execution is on for 10 min more: tools exec, any number of calls, 10 min, reason: "restart nginx" (elv_1, session "session-1", agent "main")\n' +
        'Waits for its code for 1 s more: tools exec, any number of calls, 10 min, reason: "restart nginx" (elv_2, session "a\\"b?\\n", agent "main")',
    );
  });

  test("how many have ended, without a word about those that have not", () => {
    const after = "ended. What ran under it is stopped, and nothing new starts under it.";
    expect(text({ code: "OK_REVOKED", grants: [GRANT] })).toBe(`1 grant ${after}`);
    expect(text({ code: "OK_REVOKED", grants: [GRANT, GRANT] })).toBe(`2 grants ${after}`);
  });
});

test("a refusal says what is allowed", () => {
  const limits = { maxTtlMs: 5_400_999, tools: ["exec", "process"] };
  expect(text({ code: "E_TTL_RANGE", limits })).toBe("The time must be from 1 s to 1 h 30 min. Nothing changed.");
  expect(text({ code: "E_TOOL", limits })).toBe("There is no such tool to ask for; there is exec, process. Nothing changed.");
  expect(text({ code: "E_TOOL", limits: { ...limits, tools: [] } })).toBe(
    "There is no such tool to ask for; there is none. Nothing changed.",
  );
  expect(text({ code: "E_CODE", attemptsLeft: 1 })).toBe("That is not the code of the request that waits. 1 attempt left.");
  expect(text({ code: "E_CODE", attemptsLeft: 0 })).toBe("That was not the code, and it was the last attempt. The request is over.");
  expect(text({ code: "E_LOCKED", retryAfterMs: 29_001 })).toBe("Too many wrong codes. Try again in 30 s.");
  expect(text({ code: "E_REASON" })).toContain("3 to 200");
  expect(renderSyntaxProblem("deny takes nothing after it")).toBe("Not understood: deny takes nothing after it. Nothing changed.");
});

describe("the prompt of a hook", () => {
  const prompt: HookPrompt = {
    grantId: "elv_1",
    principalId: "local:1000",
    sessionId: "session-1",
    agentId: "main",
    surface: "tui",
    tools: ["exec"],
    mode: "once",
    ttlMs: 61_000,
    reason: "restart nginx",
  };

  test("has every fact that counts", () => {
    expect(renderHookPrompt(prompt)).toBe(
      'HOST execution: tools exec, one call, 1 min 1 s, reason: "restart nginx", for "local:1000" in session "session-1" of agent "main", asked on tui.',
    );
  });

  test("cannot be made to say other facts by what somebody chose", () => {
    const chosen = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(chosen, chosen, (reason, sessionId) => {
        const outside = renderHookPrompt({ ...prompt, reason, sessionId }).replaceAll(/"(?:[^"\\]|\\.)*"/gu, "_");
        expect(outside).toBe("HOST execution: tools exec, one call, 1 min 1 s, reason: _, for _ in session _ of agent _, asked on tui.");
      }),
    );
  });
});

test("nothing that is chosen by somebody acts on a terminal", () => {
  const chosen = fc.string({ unit: "binary", maxLength: 30 });
  fc.assert(
    fc.property(chosen, chosen, chosen, (reason, sessionId, agentId) => {
      for (const code of ["OK_PENDING", "OK_ACTIVE", "OK_STATUS"] as const) {
        expect(text({ code, grants: [{ ...GRANT, reason, sessionId, agentId }] })).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }
    }),
  );
});
