import { existsSync } from "node:fs";

import type { Subject } from "@flynn/sdk/subject";
import { afterEach, expect, test, vi } from "vitest";

import { caseOf } from "../../test/rows.ts";
import { toySessions, toySubject, toySuite } from "../../test/toy-suite.ts";
import type { CaseContext, Observation } from "./case-context.ts";
import { CaseRun } from "./case-run.ts";
import type { CaseDefinition } from "./case.ts";
import { Opened } from "./opened.ts";
import type { CaseResult } from "./results.ts";

const seen: Observation = { did: "asked", expected: "yes", got: "no" };

async function run(
  body: (context: CaseContext) => Promise<void> | void,
  members: Partial<CaseDefinition> = {},
  subject: Subject = toySubject(),
): Promise<CaseResult> {
  const pool = toySessions(subject);
  try {
    const definition = caseOf("TOY-001", { ...members, run: async (context) => body(context) });
    return await new CaseRun(definition, toySuite, pool, "seed").run(false);
  } finally {
    await pool.close();
  }
}

function witnessed(context: CaseContext, absent?: "sensor" | "contrast" | "barrier"): void {
  if (absent !== "sensor") context.sensor("the log", true);
  if (absent !== "contrast") context.contrast("TOY-002", true, seen);
  if (absent !== "barrier") context.barrier("the answer to a later call");
  context.check("holds", true, seen);
}

test("a case that makes all its checks passes, and leaves no transcript and no folder", async () => {
  let workspace = "";
  const result = await run(async (context) => {
    ({ workspace } = context);
    expect(existsSync(workspace)).toBe(true);
    const instance = await context.open();
    expect(await instance.ask("say", "a")).toEqual({ ok: true, value: { said: "a" } });
    context.check("holds", true, seen);
  });
  expect(result).toMatchObject({ id: "TOY-001/test", status: "PASS", checks: [{ name: "holds", holds: true }] });
  expect(result.transcript).toBeUndefined();
  expect(existsSync(workspace)).toBe(false);
});

test("a check that does not hold fails the case there and then, with its words and a transcript", async () => {
  let isAfter = false;
  const result = await run(
    async (context) => {
      await context.open();
      context.check("holds", false, { ...seen, next: "say yes" });
      isAfter = true;
    },
    { expects: ["holds", "later"] },
  );
  expect(result).toMatchObject({ status: "FAIL", checks: [{ ...seen, holds: false, next: "say yes" }] });
  expect(result.transcript?.some(({ text }) => text.includes('"method":"open"'))).toBe(true);
  expect(isAfter).toBe(false);
});

test("a case that ends without one of its checks has shown nothing", async () => {
  const result = await run((context) => context.check("first", true, seen), { expects: ["first", "second"] });
  expect(result).toMatchObject({ status: "HARNESS_ERROR", reason: "The case ended without its checks: second." });
});

test("a check that is not expected, or comes twice, is a mistake of the case", async () => {
  const other = await run((context) => context.check("other", true, seen));
  expect(other).toMatchObject({ status: "HARNESS_ERROR", reason: expect.stringContaining('does not expect a check "other"') as string });
  const twice = await run((context) => {
    context.check("holds", true, seen);
    context.check("holds", true, seen);
  });
  expect(twice).toMatchObject({ status: "HARNESS_ERROR", reason: expect.stringContaining('makes the check "holds" twice') as string });
});

test("a negative passes with its three witnesses, and shows them", async () => {
  const result = await run((context) => witnessed(context), { negative: true });
  expect(result).toMatchObject({
    status: "PASS",
    witnesses: { sensor: "the log", contrast: "asked: no", barrier: "the answer to a later call" },
  });
});

for (const absent of ["sensor", "contrast", "barrier"] as const) {
  test(`a negative without its ${absent} has shown nothing`, async () => {
    const result = await run((context) => witnessed(context, absent), { negative: true });
    expect(result).toMatchObject({ status: "HARNESS_ERROR", reason: `The case ended without its ${absent}.` });
  });
}

test("a sensor that sees nothing is a limit of the host", async () => {
  const result = await run((context) => context.sensor("the access time", false), { negative: true });
  expect(result).toMatchObject({
    status: "NOT_RUN",
    isHostLimit: true,
    reason: expect.stringContaining("did not see it in the access time") as string,
  });
});

test("a contrast that is not seen, and a control that does not hold, leave it open and name the row to look at", async () => {
  const contrast = await run((context) => context.contrast("TOY-002", false, seen), { negative: true });
  expect(contrast).toMatchObject({
    status: "INCONCLUSIVE",
    blockedBy: "TOY-002",
    reason: "The contrast was not seen: asked; expected yes; got no.",
  });
  const control = await run((context) => context.control("TOY-003", false, seen));
  expect(control).toMatchObject({
    status: "INCONCLUSIVE",
    blockedBy: "TOY-003",
    reason: "The control did not hold: asked; expected yes; got no.",
  });
});

test("what the host cannot do is not run", async () => {
  const result = await run((context) => context.hostCannot("there is no FIFO"));
  expect(result).toMatchObject({ status: "NOT_RUN", isHostLimit: true, reason: "This host cannot show it: there is no FIFO." });
});

test("an error of the case is the suite's, with the place of it", async () => {
  const result = await run(() => {
    throw new TypeError("undefined is not a lease");
  });
  expect(result).toMatchObject({
    status: "HARNESS_ERROR",
    reason: expect.stringMatching(/undefined is not a lease.*case-run\.test\.ts/u) as string,
  });
});

test("so is an error of a port handler, whatever the subject makes of it", async () => {
  const asking = toySubject(({ host }) => ({
    say: async (said: string) => ({ said: `${said} ${JSON.stringify(await host["allow"]?.("it").catch(() => false))}` }),
  }));
  const open = async (context: CaseContext): Promise<void> => {
    const fail = (): never => {
      throw new TypeError("undefined is not a ticket");
    };
    const instance = await context.open({ ports: { allow: fail } });
    await instance.ask("say", "a");
    context.check("holds", true, seen);
  };
  expect(await run(open, {}, asking)).toMatchObject({
    status: "HARNESS_ERROR",
    reason: expect.stringContaining("undefined is not a ticket") as string,
  });
});

test("a subject that does not answer fails the case, with what was asked", async () => {
  const silent = toySubject(() => ({ say: () => new Promise(() => undefined) }));
  const result = await run(async (context) => void (await (await context.open()).ask("say", "a word")), {}, silent);
  expect(result).toMatchObject({
    status: "FAIL",
    checks: [{ name: "answer", holds: false, did: 'called `say` with "a word"', expected: "an answer" }],
  });
  expect(result.checks[0]?.got).toContain("did not come within 200 ms");
  expect(result.checks[0]?.next).toContain("Find out what it waits for");
});

test("a case that is never over ends all the same", async () => {
  vi.useFakeTimers();
  const endless = run(() => new Promise<void>(() => undefined));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await endless).toMatchObject({
    status: "FAIL",
    checks: [{ got: "The case was not over after 60 s, though the subject went on answering." }],
  });
});
afterEach(() => void vi.useRealTimers());

test("no canary stands anywhere in a result", async () => {
  let canary = "";
  const leaking = toySubject(({ environment }) => ({ say: async () => ({ said: Object.values(environment).join() }) }));
  const result = await run(
    async (context) => {
      ({ canary } = context);
      const answer = await (await context.open()).ask<{ said: string }>("say", "a");
      const said = answer.ok ? answer.value.said : "";
      context.note(`it said ${said}`, { deep: [{ said }] });
      context.sensor(said, true);
      context.barrier(said);
      context.check("holds", false, { did: said, expected: said, got: said, next: said });
    },
    {},
    leaking,
  );
  const text = JSON.stringify(result);
  expect(canary).toHaveLength(42);
  expect(text).not.toContain(canary.slice(0, 12));
  expect(text.match(/\[redacted\]/gu)?.length).toBeGreaterThan(8);
  expect(result.notes).toEqual([{ text: "it said [redacted]", data: { deep: [{ said: "[redacted]" }] } }]);
});

test("nor in the reason of a case that stays open, nor in that of a harness error", async () => {
  const open = await run(async (context) => {
    await context.open();
    context.control("TOY-002", false, { ...seen, got: context.canary });
  });
  expect(open.reason).toContain("got [redacted]");
  const error = await run(async (context) => {
    await context.open();
    throw new Error(`cannot read ${context.canary}`);
  });
  expect(error.reason).toContain("cannot read [redacted]");
});

test("seed and case decide what a case makes up, and nothing else does", async () => {
  const made = async (id: string, seed: string): Promise<string> => {
    let text = "";
    const pool = toySessions(toySubject());
    const definition = caseOf("TOY-001", { id, run: async ({ random, canary }) => void (text = `${random.word()} ${canary}`) });
    await new CaseRun(definition, toySuite, pool, seed).run(false);
    return text;
  };
  const first = await made("TOY-001/a", "1");
  expect(await made("TOY-001/a", "1")).toBe(first);
  expect(await made("TOY-001/a", "2")).not.toBe(first);
  expect(await made("TOY-001/b", "1")).not.toBe(first);
});

test("a case with a process of its own keeps it for each instance, and has a new one after a kill", async () => {
  const result = await run(
    async (context) => {
      const sessions = [await context.open(), await context.open()].map((instance) =>
        instance instanceof Opened ? instance.session : undefined,
      );
      context.check("same", sessions[0] === sessions[1] && sessions[0] !== undefined, seen);
      const third = await (await context.open()).killAndReopen();
      context.check("another", third instanceof Opened && third.session !== sessions[0], seen);
      context.check("answers", (await third.ask("say", "a")).ok, seen);
      const fourth = await context.open();
      context.check("kept", fourth instanceof Opened && third instanceof Opened && fourth.session === third.session, seen);
    },
    { isolation: "process", expects: ["same", "another", "answers", "kept"] },
  );
  expect(result).toMatchObject({ status: "PASS" });
});

test("a case that shares its process may not kill it", async () => {
  const result = await run(async (context) => void (await (await context.open()).killAndReopen()));
  expect(result).toMatchObject({ status: "HARNESS_ERROR", reason: expect.stringContaining('needs isolation "process"') as string });
});

test("no folder of a case is left, however it ends", async () => {
  const endings: readonly ((context: CaseContext) => void)[] = [
    (context) => context.check("holds", false, seen),
    (context) => context.hostCannot("there is no FIFO"),
    () => {
      throw new Error("a mistake");
    },
  ];
  for (const end of endings) {
    let workspace = "";
    await run((context) => {
      ({ workspace } = context);
      expect(existsSync(workspace)).toBe(true);
      end(context);
    });
    expect(existsSync(workspace)).toBe(false);
  }
});
