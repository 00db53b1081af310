import { inspect } from "node:util";

import type { ElevationGate, TrustedContext } from "@flynn/sdk/elevation-gate";
import { CodedError, Secret } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { answerCommand } from "./answer-command.ts";
import type { CommandGate } from "./answer-command.ts";

const CONTEXT: TrustedContext = {
  principalId: "local:1000",
  sessionId: "session-1",
  agentId: "main",
  surface: "tui",
  origin: "human",
  isDirect: true,
};
const CODE = "ABCD1234";
const EMPTY = { grants: [], limits: null, attemptsLeft: null, retryAfterMs: null };

/** A gate that keeps what it is asked, with its name, and answers everything alike. */
function recordingGate(reply: () => Promise<Awaited<ReturnType<ElevationGate["request"]>>>): CommandGate & { readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const method =
    (name: string) =>
    (...args: unknown[]) => {
      asked.push([name, ...args]);
      return reply();
    };
  return {
    asked,
    request: method("request"),
    confirm: method("confirm"),
    deny: method("deny"),
    revoke: method("revoke"),
    status: method("status"),
  };
}

const pending = (): Promise<Awaited<ReturnType<ElevationGate["request"]>>> =>
  Promise.resolve({ code: "OK_PENDING", ...EMPTY, challenge: new Secret(CODE) });

test("every command is a call of the gate with the context as it came, and nothing else is", async () => {
  const gate = recordingGate(pending);
  const say = (message: string): ReturnType<typeof answerCommand> => answerCommand({ gate, context: CONTEXT, message });
  await say("/elevate 10m --once --tools=exec,process restart nginx");
  await say("/elevate 90s restart nginx");
  await say("/elevate confirm ABCD1234");
  await say("/elevate deny");
  await say("/elevate revoke");
  await say("/elevate revoke all");
  await say("/elevate revoke elv_1");
  await say("/elevate");
  expect(await say("restart nginx")).toBeUndefined();
  expect(await say("> /elevate status")).toBeUndefined();
  expect((await say("/elevate 10 restart nginx"))?.code).toBe("E_SYNTAX");
  expect(gate.asked).toEqual([
    ["request", CONTEXT, { ttlMs: 600_000, reason: "restart nginx", mode: "once", tools: ["exec", "process"] }],
    ["request", CONTEXT, { ttlMs: 90_000, reason: "restart nginx", mode: "window" }],
    ["confirm", CONTEXT, "ABCD1234"],
    ["deny", CONTEXT],
    ["revoke", CONTEXT, "own"],
    ["revoke", CONTEXT, "all"],
    ["revoke", CONTEXT, { grantId: "elv_1" }],
    ["status", CONTEXT],
  ]);
});

test("the code is with the answer and in no copy, log or text of it", async () => {
  const answer = await answerCommand({ gate: recordingGate(pending), context: CONTEXT, message: "/elevate 10m restart nginx" });
  expect(await answer?.challenge?.reveal()).toBe(CODE);
  expect(JSON.parse(JSON.stringify(answer))).toEqual({ code: "OK_PENDING", text: "Asked for HOST execution.", data: EMPTY });
  expect(Object.keys({ ...answer })).toEqual(["code", "text", "data"]);
  for (const shown of [JSON.stringify(answer), inspect(answer, { depth: Infinity, showHidden: true, customInspect: false })]) {
    expect(shown).not.toContain(CODE);
  }
});

test("no other answer has one", async () => {
  const gate = recordingGate(() => Promise.resolve({ code: "E_DISABLED", ...EMPTY, challenge: null }));
  const answers = ["/elevate 10m restart nginx", "/elevate", "/elevate x"].map((message) =>
    answerCommand({ gate, context: CONTEXT, message }),
  );
  for (const answer of await Promise.all(answers)) expect(answer).toHaveProperty("challenge", undefined);
});

test("what the gate does not take is an answer, safe to print", async () => {
  const gate = recordingGate(() => Promise.reject(new CodedError("INVALID_REQUEST", "request.reason: Too big\u001B[2J")));
  const answer = await answerCommand({ gate, context: CONTEXT, message: "/elevate 10m restart nginx" });
  expect(answer).toMatchObject({
    code: "E_SYNTAX",
    text: "Not understood: the gate does not take it (request.reason: Too big\\u{1b}[2J). Nothing changed.",
    data: EMPTY,
  });
});

test("any other failure of the gate is one of the surface to tell", async () => {
  const gate = recordingGate(() => Promise.reject(new Error("the connection is closed")));
  await expect(answerCommand({ gate, context: CONTEXT, message: "/elevate" })).rejects.toThrow("the connection is closed");
});
