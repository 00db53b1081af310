import { PassThrough, Readable } from "node:stream";

import { Secret } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { CommandAnswer } from "../commands/command-answer.ts";
import { ElevatedSession } from "./elevated-session.ts";
import type { ElevatedSessionOptions } from "./elevated-session.ts";

const PENDING = new CommandAnswer({
  code: "OK_PENDING",
  text: "Asked for HOST execution.",
  data: { grants: [], limits: null, attemptsLeft: null, retryAfterMs: null },
  challenge: new Secret("ABCD1234"),
});

/** A session with these lines, what it wrote, and the signals that it listens to. */
function sessionWith(
  lines: readonly string[],
  options: Partial<ElevatedSessionOptions> & { readonly isTTY: boolean },
): { readonly session: ElevatedSession; readonly written: () => readonly unknown[]; readonly signals: Set<string> } {
  const { isTTY } = options;
  const stdout = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  const signals = new Set<string>();
  const session = new ElevatedSession({
    streams: {
      stdin: Object.assign(Readable.from(lines.map((line) => `${line}\n`)), { isTTY }),
      stdout,
      stderr,
      onSignal: (name) => {
        signals.add(name);
        return () => void signals.delete(name);
      },
    },
    answer: () => Promise.resolve(undefined),
    run: () => ({ over: Promise.resolve(), interrupt: () => {} }),
    ...options,
  });
  const textOf = (stream: PassThrough): string => String(stream.read() ?? "");
  return { session, written: () => [stdout, stderr].map(textOf), signals };
}

test("a code is shown on a terminal, after the text", async () => {
  const { session, written } = sessionWith(["/elevate"], { isTTY: true, answer: () => Promise.resolve(PENDING) });
  expect(await session.run()).toBe(0);
  expect(written()).toEqual(["Asked for HOST execution.\ncode: ABCD1234\n", "flynn> flynn> \n"]);
});

test("whoever else asks, it is not shown anywhere else", async () => {
  const { session, written } = sessionWith(["/elevate"], { isTTY: false, answer: () => Promise.resolve(PENDING) });
  await session.run();
  expect(written()).toEqual(["Asked for HOST execution.\n", ""]);
});

test("while it is open it hears everything that would stop or end it, and nothing after", async () => {
  const heard: string[][] = [];
  const { session, signals } = sessionWith(["true"], {
    isTTY: false,
    run: () => {
      heard.push([...signals].toSorted());
      return { over: Promise.resolve(), interrupt: () => {} };
    },
  });
  await session.run();
  expect(heard).toEqual([["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM", "SIGTSTP"]]);
  expect([...signals]).toEqual([]);
});

test("a failure of the gate ends it", async () => {
  const { session, signals } = sessionWith(["/elevate", "true"], { isTTY: false, answer: () => Promise.reject(new Error("no gate")) });
  await expect(session.run()).rejects.toThrow("no gate");
  expect([...signals]).toEqual([]);
});
