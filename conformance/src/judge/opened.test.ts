import { CodedError } from "@flynn/sdk/kernel";
import type { Subject } from "@flynn/sdk/subject";
import { expect, test } from "vitest";

import { ScriptedSubject } from "../../test/scripted-subject.ts";
import { TOY_BOUNDS, toySubject, toySuite } from "../../test/toy-suite.ts";
import type { ToyEnvironment } from "../../test/toy-suite.ts";
import { InProcessDriver } from "../drivers/in-process-driver.ts";
import { Session } from "../wire/session.ts";
import type { Violation } from "../wire/violation.ts";
import { HostSecret } from "./host-secret.ts";
import type { OpenOptions } from "./open-instance.ts";
import { Opened } from "./opened.ts";

const CANARY = "fk3f9a1c7e5d2b8a6094cb71de83af5260b9d47e1c";

async function openToy(
  methods: (environment: ToyEnvironment) => object,
  options: OpenOptions = {},
  flags = { loud: true },
): Promise<Opened> {
  const subject = toySubject(methods);
  const contracts = Object.fromEntries(Object.entries(subject.contracts).map(([key, contract]) => [key, { ...contract, flags }]));
  return openSubject({ ...subject, contracts }, options);
}

async function openSubject(subject: Subject, options: OpenOptions = {}): Promise<Opened> {
  const session = new Session(await new InProcessDriver(subject).start(), TOY_BOUNDS);
  await session.greet("0");
  const reading = { mono: 0, boot: 0, wall: 0 };
  const by = {
    contract: toySuite.contract,
    dir: "/nowhere",
    canary: CANARY,
    usesRealClock: false,
    reading,
    reopen: () => Promise.reject(new Error("not here")),
  };
  return Opened.open(session, by, { config: { key: new HostSecret("fk-signing-key-of-the-test", "the key") }, ...options });
}

function broken({ session }: Opened): readonly Pick<Violation, "requirement" | "diagnosis">[] {
  return session.violations.map(({ requirement, diagnosis }) => ({ requirement, diagnosis }));
}

test("a sound answer comes through, with no violation", async () => {
  const toy = await openToy(() => ({}));
  expect(await toy.ask("say", "a")).toEqual({ ok: true, value: { said: "a" } });
  expect(await toy.stream("count", [3]).rest()).toEqual([{ number: 0 }, { number: 1 }, { number: 2 }]);
  await toy.close();
  expect(broken(toy)).toEqual([]);
});

test("an error of the contract is an answer", async () => {
  const toy = await openToy(() => ({ say: async () => Promise.reject(Object.assign(new Error("No"), { code: "REFUSED" })) }));
  // A code alone does not make a coded error: the brand of the SDK does.
  await expect(toy.ask("say", "a")).rejects.toMatchObject({ requirement: "WIRE-007" });
  const coded = await openToy(() => ({
    say: async () => {
      throw new CodedError("REFUSED", "No", { retryable: true, details: { after: 3 } });
    },
  }));
  expect(await coded.ask("say", "a")).toEqual({
    ok: false,
    error: { code: "REFUSED", message: "No", retryable: true, details: { after: 3 } },
  });
  expect(broken(coded)).toEqual([]);
});

const cases: Readonly<
  Record<string, { readonly requirement: string; readonly diagnosis: string; readonly methods: () => object; readonly says: string }>
> = {
  "an exception without a code": {
    requirement: "WIRE-007",
    diagnosis: "unknown-code",
    methods: () => ({ say: () => Promise.reject(new Error("ENOENT: no such file")) }),
    says: "INTERNAL: ENOENT",
  },
  "a value that is not the contract's": {
    requirement: "WIRE-003",
    diagnosis: "invalid-value",
    methods: () => ({ say: async () => ({ said: 1 }) }),
    says: "said",
  },
  "a value that is not JSON": {
    requirement: "WIRE-003",
    diagnosis: "invalid-value",
    methods: () => ({ say: async () => ({ said: new Date(0) }) }),
    says: "say gave a value that is not JSON",
  },
  "a method that is not there": {
    requirement: "WIRE-001",
    diagnosis: "method-missing",
    methods: () => ({ say: undefined }),
    says: "no method say",
  },
};

for (const [name, { requirement, diagnosis, methods, says }] of Object.entries(cases)) {
  test(`${name} fails ${requirement}, and leaves the case that asked open`, async () => {
    const toy = await openToy(methods);
    await expect(toy.ask("say", "a")).rejects.toMatchObject({ name: "Unjudgeable", requirement });
    expect(toy.session.violations).toMatchObject([{ requirement, diagnosis, did: "called `say`" }]);
    expect(toy.session.violations[0]?.got).toContain(says);
  });
}

test("an error of the protocol in place of one of the contract is uncoded", async () => {
  const subject = new ScriptedSubject(({ id, method }, spoken) => {
    const contracts = { "toy@1": { flags: {}, facts: {} } };
    if (method === "hello")
      spoken.say({ id, result: { protocol: "flynn-wire/1", subject: { name: "t", version: "1" }, contracts, clock: "virtual" } });
    else if (method === "open") spoken.say({ id, result: {} });
    else spoken.say({ id, error: { code: -32603, message: "Internal error" } });
  });
  const session = new Session(subject, TOY_BOUNDS);
  await session.greet("0");
  const by = {
    contract: toySuite.contract,
    dir: "/nowhere",
    canary: CANARY,
    usesRealClock: false,
    reading: { mono: 0, boot: 0, wall: 0 },
    reopen: () => Promise.reject(new Error("not here")),
  };
  const toy = await Opened.open(session, by, {});
  await expect(toy.ask("say", "a")).rejects.toMatchObject({ requirement: "WIRE-007" });
  expect(broken(toy)).toEqual([{ requirement: "WIRE-007", diagnosis: "uncoded-error" }]);
});

test("a method that only a flag brings in counts as UNSUPPORTED where it is missing without the flag", async () => {
  const toy = await openToy(() => ({ shout: undefined }), {}, { loud: false });
  expect(await toy.ask("shout", "a")).toMatchObject({ ok: false, error: { code: "UNSUPPORTED" } });
  expect(broken(toy)).toEqual([]);
  const claims = await openToy(() => ({ shout: undefined }));
  await expect(claims.ask("shout", "a")).rejects.toMatchObject({ requirement: "WIRE-001" });
});

test("an open that fails, and one that hangs, fail WIRE-001 and say why", async () => {
  const failing = openToy(() => {
    throw new Error("There is no database");
  });
  await expect(failing).rejects.toMatchObject({ name: "Unjudgeable", requirement: "WIRE-001" });
  const hanging = openSubject({ name: "t", version: "1", contracts: { "toy@1": { open: () => new Promise(() => undefined) } } });
  await expect(hanging).rejects.toMatchObject({ name: "Unjudgeable", requirement: "WIRE-001" });
});

test("items are compared with the contract one by one, and an endless stream ends the case", async () => {
  async function* wrong(): AsyncGenerator<object> {
    yield { number: 0 };
    yield { number: "one" };
  }
  const toy = await openToy(() => ({ count: () => wrong() }));
  const stream = toy.stream("count", [2]);
  expect(await stream.next()).toEqual({ number: 0 });
  await expect(stream.next()).rejects.toMatchObject({ requirement: "WIRE-003" });

  async function* endless(): AsyncGenerator<object> {
    for (;;) yield { number: 1 };
  }
  const flowing = await openToy(() => ({ count: () => endless() }));
  await expect(flowing.stream("count", [2]).rest()).rejects.toThrow("items and no end");
});

test("a stream that fails ends where the case reads it, with its code in `error`", async () => {
  async function* failing(): AsyncGenerator<object> {
    yield { number: 0 };
    throw new CodedError("REFUSED", "No more");
  }
  const toy = await openToy(() => ({ count: () => failing() }));
  const stream = toy.stream("count", [2]);
  expect(await stream.rest()).toEqual([{ number: 0 }]);
  expect(await stream.error).toMatchObject({ code: "REFUSED", message: "No more" });
});

test("ports answer as the case says, refuse what is not theirs, and say which they are not", async () => {
  const methods = ({ host }: ToyEnvironment): object => ({
    say: async (name: string) => ({
      said: await (host[name] ?? (() => Promise.resolve()))("it").then(
        (value) => `resolved ${JSON.stringify(value)}`,
        (error: unknown) => (CodedError.is(error) ? `${error.code} ${error.message}` : "another error"),
      ),
    }),
  });
  const said = async (toy: Opened, port: string): Promise<unknown> => {
    const answer = await toy.ask<{ said: string }>("say", port);
    return answer.ok ? answer.value.said : answer;
  };
  const allowing = await openToy(methods, { ports: { allow: ([what]) => ({ value: what === "it" }) } });
  expect(await said(allowing, "allow")).toBe("resolved true");
  expect(await said(allowing, "dance")).toContain("no port dance");
  expect(await said(allowing, "constructor")).toContain("no port constructor");
  const rejecting = await openToy(methods, { ports: { allow: () => ({ reject: { code: "BUSY", message: "Later" } }) } });
  expect(await said(rejecting, "allow")).toBe("BUSY Later");
  expect(await said(await openToy(methods), "allow")).toContain("UNAVAILABLE");
  expect(broken(allowing)).toEqual([]);
});

test("a code that a port failed with, passed on as one's own, is told as that", async () => {
  const methods = ({ host }: ToyEnvironment): object => ({ say: async () => ({ said: await host["allow"]?.("it") }) });
  const toy = await openToy(methods, { ports: { allow: () => ({ reject: { code: "BUSY", message: "Later" } }) } });
  await expect(toy.ask("say", "a")).rejects.toMatchObject({ requirement: "WIRE-007" });
  expect(toy.session.violations[0]?.got).toBe("BUSY: Later, which is what the port `allow` failed with");
});

test("arguments of a port that are not the contract's are told and refused", async () => {
  const toy = await openToy(({ host }) => ({ say: async () => ({ said: await host["allow"]?.(1).catch(() => "refused") }) }), {
    ports: { allow: () => ({ value: true }) },
  });
  expect(await toy.ask("say", "a")).toEqual({ ok: true, value: { said: "refused" } });
  expect(broken(toy)).toEqual([{ requirement: "WIRE-003", diagnosis: "invalid-value" }]);
});

test("a secret crosses as a reference, is planted before it crosses, and what comes back is revealed by handle", async () => {
  const toy = await openToy(({ config }) => ({
    say: async () => ({ said: (await config.key.reveal()).length.toString() }),
    token: async () => ({ fingerprint: "f", reveal: () => "fk-token-of-the-test" }),
  }));
  expect(await toy.ask("say", "a")).toEqual({ ok: true, value: { said: "26" } });
  const token = await toy.ask("token");
  expect(token).toEqual({ ok: true, value: { $secret: "subject-1", fingerprint: "f" } });
  expect(await toy.reveal(token.ok ? token.value : null)).toBe("fk-token-of-the-test");
  const { canaries, transcript } = toy.session;
  for (const planted of [CANARY, "fk-signing-key-of-the-test", "fk-token-of-the-test"]) expect(canaries.find(planted)).toBeDefined();
  const text = JSON.stringify(transcript.lines());
  for (const value of ["fk-signing-key-of-the-test", "fk-token-of-the-test"]) expect(text).not.toContain(value);
});

test("a close that fails is told, and closing twice asks once", async () => {
  let closes = 0;
  const toy = await openToy(() => ({
    close: () => {
      closes += 1;
      throw new Error("The store is locked");
    },
  }));
  await toy.close();
  await toy.close();
  expect(closes).toBe(1);
  expect(toy.session.violations).toMatchObject([
    { requirement: "WIRE-001", diagnosis: "close-failed", got: "the error The store is locked" },
  ]);
});
