import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { HELLO, ScriptedSubject, sound } from "../../test/scripted-subject.ts";
import type { Script } from "../../test/scripted-subject.ts";
import { BadSubject } from "../diagnosis/bad-subject.ts";
import { DEFAULT_BOUNDS } from "./bounds.ts";
import type { InstanceListener } from "./instance-directory.ts";
import { Session } from "./session.ts";

const VALUE = "fk3f9a1c7e5d2b8a6094cb71de83af5260b9d47e1c";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(script: Script): { readonly session: Session; readonly subject: ScriptedSubject } {
  const subject = new ScriptedSubject(script);
  return { session: new Session(subject, DEFAULT_BOUNDS), subject };
}

async function greeted(calls?: Script): Promise<{ readonly session: Session; readonly subject: ScriptedSubject }> {
  const started = start(sound(calls));
  await started.session.greet("1.0.0");
  return started;
}

const params = { instance: "i1", method: "acquire", args: [{ resource: "r" }] };

test("hello gives what the subject is", async () => {
  const { session, subject } = await greeted();
  expect(session.hello).toEqual(HELLO);
  expect(subject.heard[0]).toMatchObject({ jsonrpc: "2.0", method: "hello", params: { protocol: "flynn-wire/1" } });
  expect(session.violations).toEqual([]);
});

async function refusal(script: Script): Promise<BadSubject> {
  const error: unknown = await start(script)
    .session.greet("1.0.0")
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof BadSubject)) throw new Error(`Not a BadSubject: ${String(error)}`);
  return error;
}

test("a hello of another protocol is no hello", async () => {
  const error = await refusal(({ id }, subject) => subject.say({ id, result: { ...HELLO, protocol: "flynn-wire/9" } }));
  expect(error).toMatchObject({ reason: "bad-hello" });
  expect(error.message).toContain("flynn-wire/1");
  expect(error.next).toContain("docs/spec/wire.md");
});

test("an error is no hello", async () => {
  const error = await refusal(({ id }, subject) => subject.say({ id, error: { code: -32601, message: "There is no method hello" } }));
  expect(error).toMatchObject({ reason: "bad-hello", message: "The answer to hello is not valid: an error: There is no method hello" });
});

test("a program that copies its input is told so", async () => {
  const error = await refusal((frame, subject) => subject.say(frame));
  expect(error).toMatchObject({ reason: "no-hello" });
  expect(error.message).toContain("only copies its input");
});

test("an exit before hello shows what was written", async () => {
  const error = await refusal((_frame, subject) => {
    subject.say("Usage: server [options]");
    subject.writeError("missing --port\n");
    subject.exit({ code: 64 });
  });
  expect(error).toMatchObject({ reason: "exited-before-hello" });
  expect(error.message).toContain("exited with status 64");
  expect(error.message).toContain("missing --port");
  expect(error.message).toContain("Usage: server");
});

test("silence, and a hello that is never flushed, end at the bound", async () => {
  const silent = refusal(() => undefined);
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.hello + DEFAULT_BOUNDS.late);
  expect(await silent).toMatchObject({ reason: "no-hello", message: expect.stringContaining("within 10000 ms") as string });
  const unflushed = refusal((_frame, subject) => {
    subject.unfinished = '{"jsonrpc":"2.0"';
  });
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.hello + DEFAULT_BOUNDS.late);
  expect(await unflushed).toMatchObject({ reason: "no-hello", message: expect.stringContaining("a line without an end") as string });
});

test("answers may come in any order", async () => {
  const { session } = await greeted(({ id, params: given }, subject) => {
    const [{ resource }] = (given as { args: [{ resource: string }] }).args;
    if (resource === "second") {
      subject.say({ id, result: "second" });
      subject.say({ id: Number(id) - 1, result: "first" });
    }
  });
  const first = session.request("call", { ...params, args: [{ resource: "first" }] });
  const second = session.request("call", { ...params, args: [{ resource: "second" }] });
  expect(await second).toEqual({ result: "second" });
  expect(await first).toEqual({ result: "first" });
  expect(session.violations).toEqual([]);
});

test("no answer in time is told with the end of stderr, and the session is done for", async () => {
  const { session, subject } = await greeted();
  subject.writeError("waiting for the lock\n");
  const asked = session.request("call", params);
  const failed = expect(asked).rejects.toThrow(
    /the answer to `acquire` did not come within 5000 ms\. Its stderr ends: waiting for the lock/u,
  );
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.answer + DEFAULT_BOUNDS.late);
  await failed;
  expect(session.isUsable).toBe(false);
  expect(session.lastRequest).toBe('called `acquire` with {"resource":"r"}');
});

test("an answer that comes late is told from one that never comes", async () => {
  const { session } = await greeted(
    ({ id }, subject) => void setTimeout(() => subject.say({ id, result: 1 }), DEFAULT_BOUNDS.answer + 500),
  );
  const failed = expect(session.request("call", params)).rejects.toThrow(
    "It came later: the subject is slow, or blocks its own event loop.",
  );
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.answer + DEFAULT_BOUNDS.late);
  await failed;
});

test("an exit fails what waits and what comes after, with the status", async () => {
  const { session, subject } = await greeted(() => undefined);
  const waiting = expect(session.request("call", params)).rejects.toThrow("was ended by SIGSEGV");
  subject.exit({ code: null, signal: "SIGSEGV" });
  await waiting;
  await expect(session.request("call", params)).rejects.toThrow("was ended by SIGSEGV");
  expect(session.isUsable).toBe(false);
});

test("a line that is no frame in place of an answer is the reason why there is none", async () => {
  const { session } = await greeted((_frame, subject) => subject.say("{ 'leaseId': 1 }"));
  const failed = expect(session.request("call", params)).rejects.toMatchObject({ name: "Unjudgeable", requirement: "WIRE-002" });
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.answer + DEFAULT_BOUNDS.late);
  await failed;
});

test("noise before the request is no reason", async () => {
  const { session, subject } = await greeted();
  subject.say("a banner");
  const failed = expect(session.request("call", params)).rejects.toMatchObject({ name: "NoAnswer" });
  await vi.advanceTimersByTimeAsync(DEFAULT_BOUNDS.answer + DEFAULT_BOUNDS.late);
  await failed;
});

test("a method that every object has is answered like any that the wire does not know", async () => {
  const { session, subject } = await greeted();
  for (const method of ["constructor", "toString", "__proto__"]) {
    subject.say({ method, params: {} });
    subject.say({ id: "s1", method, params: {} });
  }
  expect(session.violations.map(({ diagnosis }) => diagnosis)).toEqual(Array.from({ length: 6 }, () => "invalid-frame"));
  expect(subject.heard.filter((frame) => "error" in frame)).toHaveLength(3);
});

test("a value that nests without end breaks its row and not the suite", async () => {
  const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const { session } = await greeted(({ id }, subject) => subject.say(`{"jsonrpc":"2.0","id":${String(id)},"result":${deep}}`));
  await expect(session.request("call", params)).rejects.toMatchObject({ requirement: "WIRE-003" });
  expect(session.violations).toMatchObject([{ requirement: "WIRE-003", diagnosis: "invalid-frame" }]);
});

test("the subject's requests reach its instance, and are refused for any other", async () => {
  const { session, subject } = await greeted();
  const listener: InstanceListener = {
    port: async (name, args) => ({ result: { name, args } }),
    reveal: (handle) => (handle === "host-1" ? VALUE : undefined),
    armed: () => undefined,
    disarmed: () => undefined,
  };
  session.attach("i1", listener);
  const asked = (id: string, method: string, given: object): void => subject.say({ id, method, params: given });
  asked("a", "host.port", { instance: "i1", port: "accept", args: [1] });
  asked("b", "host.port", { instance: "i2", port: "accept", args: [1] });
  asked("c", "secret.reveal", { instance: "i1", handle: "host-1" });
  asked("d", "secret.reveal", { instance: "i1", handle: "host-2" });
  await vi.advanceTimersByTimeAsync(0);
  const answer = (id: string): unknown => subject.heard.find((frame) => frame["id"] === id);
  expect(answer("a")).toMatchObject({ result: { name: "accept", args: [1] } });
  expect(answer("b")).toMatchObject({ error: { code: -32602 } });
  expect(answer("c")).toMatchObject({ result: { value: VALUE } });
  expect(answer("d")).toMatchObject({ error: { code: -32602 } });
  expect(session.violations).toEqual([]);
});

test("no secret stands in the transcript, whichever way it crossed", async () => {
  const { session, subject } = await greeted(({ id, method }, spoken) => {
    if (method === "secret.reveal") spoken.say({ id, result: { value: VALUE } });
  });
  session.attach("i1", { port: async () => ({ result: null }), reveal: () => VALUE, armed: () => undefined, disarmed: () => undefined });
  subject.say({ id: "c", method: "secret.reveal", params: { instance: "i1", handle: "host-1" } });
  expect(await session.request("secret.reveal", { instance: "i1", handle: "subject-1" })).toEqual({ result: { value: VALUE } });
  const text = session.transcript.lines().map((line) => line.text);
  expect(text.some((line) => line.includes("host-1"))).toBe(true);
  expect(text.join("\n")).not.toContain(VALUE.slice(0, 12));
});

test("violations are bounded in number and in length, and hold no planted value", async () => {
  const { session, subject } = await greeted();
  session.canaries.plant("a key", VALUE);
  for (let line = 0; line < 500; line += 1) subject.say(`${VALUE} ${"long ".repeat(1_000)}`);
  expect(session.violations.length).toBeLessThanOrEqual(200);
  expect(Math.max(...session.violations.map(({ got }) => got.length))).toBeLessThan(2_000);
  expect(JSON.stringify(session.violations)).not.toContain(VALUE.slice(0, 12));
});

test("a flood of items that no credit was given for ends the subject", async () => {
  const { session, subject } = await greeted();
  const { id, answer } = session.beginStream({ ...params, method: "journal", credit: 32 });
  const gone = expect(answer).rejects.toMatchObject({ name: "SubjectGone" });
  for (let seq = 0; seq < 200_000 && subject.signals.length === 0; seq += 1)
    subject.say({ method: "item", params: { call: id, seq, value: 1 } });
  expect(subject.signals).toEqual(["SIGKILL"]);
  await gone;
});
