import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { CodedError, Secret } from "@flynn/sdk/kernel";
import type { CallOptions, Json } from "@flynn/sdk/kernel";
import type { Subject, SubjectEnvironment } from "@flynn/sdk/subject";
import { RPC_ERROR, frameSchema } from "@flynn/sdk/wire";
import { afterAll, expect, test } from "vitest";

import { MemoryTransport } from "../wire/memory-transport.ts";
import { SubjectServer } from "./serve.ts";

type Members = Record<string, unknown>;

const dir = mkdtempSync(join(tmpdir(), "flynn-test-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** A host that asks and writes down what it hears. */
class Asking {
  readonly heard: Members[] = [];
  readonly #transport = new MemoryTransport();
  #lastId = 0;

  constructor(open: (environment: SubjectEnvironment) => object, subject: Partial<Subject> = {}) {
    this.#transport.listen({
      line: (line) => this.heard.push(frameSchema.parse(JSON.parse(line)) as Members),
      stderr: () => undefined,
      exit: () => undefined,
    });
    const contracts = {
      "toy@1": { flags: { fast: true }, open: (environment: SubjectEnvironment) => ({ close: () => undefined, ...open(environment) }) },
    };
    new SubjectServer({ name: "toy", version: "1.0.0", contracts, ...subject }, this.#transport.subjectEnd);
  }

  tell(members: Members): void {
    this.#transport.send(JSON.stringify({ jsonrpc: "2.0", ...members }));
  }

  raw(line: string): void {
    this.#transport.send(line);
  }

  endInput(): void {
    this.#transport.endInput();
  }

  async ask(method: string, params: Members): Promise<Members> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.tell({ id, method, params });
    return this.hears((frame) => frame["id"] === id && !("method" in frame));
  }

  /** The first frame that is like this, as soon as it is there. */
  async hears(isIt: (frame: Members) => boolean): Promise<Members> {
    for (;;) {
      const found = this.heard.find(isIt);
      if (found) return found;
      await new Promise((resolve) => void setImmediate(resolve));
    }
  }

  async open(config: Json = {}): Promise<Members> {
    const clock = { mono: 100, boot: 100, wall: 1_000 };
    const environment = { FLYNN_TEST: "1" };
    return this.ask("open", {
      instance: "i",
      contract: "toy@1",
      config,
      environment,
      dir,
      endpoints: { issuer: "http://127.0.0.1:1" },
      clock,
    });
  }

  async call(method: string, ...args: readonly Json[]): Promise<Members> {
    return this.ask("call", { instance: "i", method, args });
  }
}

test("hello says what the subject is, with flags and facts even where it names none", async () => {
  const host = new Asking(() => ({}), { contracts: { "a@1": { open: () => ({ close: () => undefined }) } } });
  const hello = await host.ask("hello", { protocol: "flynn-wire/1", suite: { name: "s", version: "1" } });
  expect(hello["result"]).toEqual({
    protocol: "flynn-wire/1",
    subject: { name: "toy", version: "1.0.0" },
    contracts: { "a@1": { flags: {}, facts: {} } },
    clock: "virtual",
  });
});

test("an instance gets its environment, and nothing of the process", async () => {
  let seen: SubjectEnvironment<{ key: { reveal(): Promise<string> } }> | undefined;
  const host = new Asking((environment) => {
    seen = environment as typeof seen;
    return {};
  });
  expect(await host.open({ key: { $secret: "host-1", fingerprint: "f" } })).toMatchObject({ result: {} });
  expect(seen?.environment).toEqual({ FLYNN_TEST: "1" });
  expect(seen).toMatchObject({ dir, endpoints: { issuer: "http://127.0.0.1:1" } });
  expect(seen?.clock.mono()).toBe(100);
  const value = seen?.config.key.reveal();
  const { id } = await host.hears((frame) => frame["method"] === "secret.reveal");
  host.tell({ id, result: { value: "fk-value" } });
  expect(await value).toBe("fk-value");
});

test("a method answers with its value, its coded error, or INTERNAL with what was thrown", async () => {
  const host = new Asking(() => ({
    add: async (a: number, b: number) => a + b,
    nothing: async () => undefined,
    refuse: async () => {
      throw new CodedError("REFUSED", "No", { retryable: true });
    },
    break: () => {
      throw new Error("Broken", { cause: new Error("below") });
    },
  }));
  await host.open();
  expect(await host.call("add", 1, 2)).toMatchObject({ result: 3 });
  expect(await host.call("nothing")).toMatchObject({ result: null });
  expect(await host.call("refuse")).toMatchObject({ error: { code: RPC_ERROR.coded, data: { code: "REFUSED", retryable: true } } });
  expect(await host.call("break")).toMatchObject({ error: { data: { code: "INTERNAL", message: "Broken", cause: { message: "below" } } } });
});

test("calls at the same time are answered as they are done, each under its own id", async () => {
  const waiting: (() => void)[] = [];
  const host = new Asking(() => ({
    wait: (name: string) => new Promise((resolve) => void waiting.push(() => resolve(name))),
    now: async () => "now",
  }));
  await host.open();
  const first = host.call("wait", "first");
  const second = host.call("wait", "second");
  expect(await host.call("now")).toMatchObject({ result: "now" });
  for (const settle of waiting.toReversed()) settle();
  expect(await second).toMatchObject({ result: "second" });
  expect(await first).toMatchObject({ result: "first" });
});

test("what is not known is answered with an error of the protocol, and the session goes on", async () => {
  const host = new Asking(() => ({ now: async () => "now" }));
  host.raw("this is not JSON");
  expect(await host.hears((frame) => frame["id"] === null)).toMatchObject({ error: { code: RPC_ERROR.parse } });
  await host.open();
  expect(await host.ask("dance", {})).toMatchObject({ error: { code: RPC_ERROR.methodNotFound } });
  expect(await host.call("missing")).toMatchObject({ error: { code: RPC_ERROR.methodNotFound } });
  expect(await host.call("constructor")).toMatchObject({ error: { code: RPC_ERROR.methodNotFound } });
  expect(await host.ask("call", { instance: "other", method: "now", args: [] })).toMatchObject({
    error: { code: RPC_ERROR.invalidParams },
  });
  expect(await host.ask("call", { instance: "i" })).toMatchObject({ error: { code: RPC_ERROR.invalidParams } });
  expect(await host.call("now")).toMatchObject({ result: "now" });
});

test("open fails with what the subject says, for another contract, and for what is no instance", async () => {
  const failing = new Asking(() => {
    throw new CodedError("NO_DATABASE", "There is no database");
  });
  expect(await failing.open()).toMatchObject({ error: { data: { code: "NO_DATABASE" } } });
  const clock = { mono: 0, boot: 0, wall: 0 };
  const other = await failing.ask("open", { instance: "i", contract: "other@1", config: {}, environment: {}, dir, endpoints: {}, clock });
  expect(other).toMatchObject({ error: { code: RPC_ERROR.invalidParams } });
  const empty = new Asking(() => ({}), { contracts: { "toy@1": { open: () => undefined as never } } });
  expect(await empty.open()).toMatchObject({ error: { data: { code: "NOT_AN_INSTANCE" } } });
});

test("a promise of a stream is refused in words that say what to do", async () => {
  async function* numbers(): AsyncGenerator<number> {
    yield 1;
  }
  const host = new Asking(() => ({ stream: async () => numbers() }));
  await host.open();
  expect(await host.call("stream")).toMatchObject({
    error: { data: { code: "NOT_JSON", message: expect.stringContaining("promise of a stream") as string } },
  });
});

test("a stream sends its items and then its count, at the pace of the credit", async () => {
  async function* numbers(): AsyncGenerator<number> {
    for (let number = 0; number < 5; number += 1) yield number;
  }
  const host = new Asking(() => ({ numbers: () => numbers() }));
  await host.open();
  host.tell({ id: "s", method: "call", params: { instance: "i", method: "numbers", args: [], credit: 2 } });
  await host.call("missing");
  const items = (): unknown[] => host.heard.filter((frame) => frame["method"] === "item").map((frame) => frame["params"]);
  expect(items()).toEqual([
    { call: "s", seq: 0, value: 0 },
    { call: "s", seq: 1, value: 1 },
  ]);
  host.tell({ method: "credit", params: { call: "s", n: 9 } });
  expect(await host.hears((frame) => frame["id"] === "s")).toMatchObject({ result: { end: 5 } });
  expect(items()).toHaveLength(5);
});

test("cancel reaches a call through its signal, and a call that was aborted before it began sees so", async () => {
  const host = new Asking(() => ({
    wait: (options: CallOptions) =>
      new Promise((resolve) => {
        if (options.signal?.aborted) resolve("aborted from the start");
        options.signal?.addEventListener("abort", () => resolve("aborted"));
      }),
  }));
  await host.open();
  host.tell({ id: "w", method: "call", params: { instance: "i", method: "wait", args: [] } });
  host.tell({ method: "cancel", params: { call: "w", how: "abort" } });
  expect(await host.hears((frame) => frame["id"] === "w")).toMatchObject({ result: "aborted" });
  const early = await host.ask("call", { instance: "i", method: "wait", args: [], aborted: true });
  expect(early).toMatchObject({ result: "aborted from the start" });
});

test("a port of the host is a function of that name, which resolves or rejects as the host answers", async () => {
  const host = new Asking(({ host: ports }) => ({ ask: async (what: string) => ports["accept"]?.({ what }) }));
  await host.open();
  const accepted = host.call("ask", "a");
  const first = await host.hears((frame) => frame["method"] === "host.port");
  expect(first["params"]).toEqual({ instance: "i", port: "accept", args: [{ what: "a" }] });
  host.tell({ id: first["id"], result: { accepted: true } });
  expect(await accepted).toMatchObject({ result: { accepted: true } });
  const refused = host.call("ask", "b");
  const second = await host.hears((frame) => frame["method"] === "host.port" && frame !== first);
  host.tell({
    id: second["id"],
    error: { code: RPC_ERROR.coded, message: "No", data: { code: "BUSY", message: "Later", retryable: true } },
  });
  expect(await refused).toMatchObject({ error: { data: { code: "BUSY", message: "Later", retryable: true } } });
});

test("a secret that was returned is revealed by its handle, in that instance only", async () => {
  const host = new Asking(() => ({ token: async () => new Secret("fk-token-value") }));
  await host.open();
  const { result } = (await host.call("token")) as { result: { $secret: string } };
  expect(await host.ask("secret.reveal", { instance: "i", handle: result.$secret })).toMatchObject({ result: { value: "fk-token-value" } });
  expect(await host.ask("secret.reveal", { instance: "i", handle: "host-1" })).toMatchObject({ error: { code: RPC_ERROR.invalidParams } });
});

test("timers are told as they are armed and disarmed, and fire when the clock is set", async () => {
  let hasFired = false;
  const host = new Asking(({ clock }) => {
    const timer = clock.setTimer(5, () => undefined);
    clock.setTimer(10, () => (hasFired = true));
    return { disarm: async () => timer[Symbol.dispose]() };
  });
  await host.open();
  expect(host.heard.filter((frame) => frame["method"] === "clock.armed").map((frame) => frame["params"])).toEqual([
    { instance: "i", timer: 1, due: 105 },
    { instance: "i", timer: 2, due: 110 },
  ]);
  await host.call("disarm");
  expect(host.heard.at(-2)).toMatchObject({ method: "clock.disarmed", params: { timer: 1 } });
  const set = await host.ask("clock.set", { instance: "i", mono: 110, boot: 110, wall: 900, fire: true });
  expect(set["result"]).toEqual({ mono: 110, fired: [2], next: null });
  expect(hasFired).toBe(true);
});

test("a subject with a real clock gets the machine's, and its clock cannot be set", async () => {
  let mono = 0;
  const host = new Asking(() => ({}), {
    clock: "real",
    contracts: {
      "toy@1": {
        open: ({ clock }: SubjectEnvironment) => {
          mono = clock.mono();
          return { close: () => undefined };
        },
      },
    },
  });
  await host.open();
  expect(mono).not.toBe(100);
  const set = await host.ask("clock.set", { instance: "i", mono: 110, boot: 110, wall: 900, fire: true });
  expect(set).toMatchObject({ error: { data: { code: "REAL_CLOCK" } } });
});

test("close aborts the signal of the instance, closes it, and forgets its name", async () => {
  const events: string[] = [];
  const host = new Asking(({ signal }) => {
    signal.addEventListener("abort", () => events.push("aborted"));
    return { close: async () => void events.push("closed") };
  });
  await host.open();
  expect(await host.ask("close", { instance: "i" })).toMatchObject({ result: {} });
  expect(events).toEqual(["aborted", "closed"]);
  expect(await host.call("anything")).toMatchObject({ error: { code: RPC_ERROR.invalidParams } });
});

test("shutdown closes what is open, and says so if that fails", async () => {
  const closed: string[] = [];
  const sound = new Asking(() => ({ close: async () => void closed.push("closed") }));
  await sound.open();
  expect(await sound.ask("shutdown", {})).toMatchObject({ result: {} });
  expect(closed).toEqual(["closed"]);
  const failing = new Asking(() => ({ close: () => Promise.reject(new Error("The store cannot be closed")) }));
  await failing.open();
  expect(await failing.ask("shutdown", {})).toMatchObject({ error: { data: { message: "The store cannot be closed" } } });
});

test("when the input ends, a close that fails harms nobody", async () => {
  let hasTried = false;
  const host = new Asking(() => ({
    close: () => {
      hasTried = true;
      return Promise.reject(new Error("The store cannot be closed"));
    },
  }));
  await host.open();
  host.endInput();
  // An unhandled rejection would fail this run.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
  expect(hasTried).toBe(true);
});
