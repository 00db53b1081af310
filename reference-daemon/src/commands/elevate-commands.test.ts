import { Readable, Writable } from "node:stream";

import type { ReplyCode, TrustedContext } from "@flynn/sdk/elevation-gate";
import { describe, expect, test } from "vitest";

import { commandTable } from "../../test/command-table.ts";
import type { CommandRow } from "../../test/command-table.ts";
import { CommandWorld, contextOf } from "../../test/command-world.ts";
import { ElevatedSession } from "../cli/elevated-session.ts";
import type { CommandAnswer } from "./command-answer.ts";

const SURFACES = ["cli", "tui", "web", "gateway", "channel:matrix"];

/** Answers that leave everything as it was. */
const CHANGES_NOTHING = /^E_(?:SYNTAX|DISABLED|ORIGIN|SURFACE|NOT_ALLOWED|TTL_RANGE|REASON|TOOL|ALREADY_ACTIVE|NO_GRANT)$/u;

async function worldOf({ policy, setup }: CommandRow): Promise<CommandWorld> {
  const world = new CommandWorld(policy);
  for (const step of setup) await world.take(step);
  return world;
}

/** The surfaces that the row can come from, the same in all else. */
function contextsOf({ as = {} }: CommandRow): TrustedContext[] {
  const surfaces = as.surface === undefined ? SURFACES : [as.surface];
  return surfaces.map((surface) => contextOf({ ...as, surface }));
}

/** What a terminal shows for a line, with what the session got as an answer to it and what it took for a program. */
async function sayInSession(
  world: CommandWorld,
  message: string,
  context: TrustedContext,
): Promise<{ readonly stdout: string; readonly answers: readonly CommandAnswer[]; readonly ran: number }> {
  const answers: CommandAnswer[] = [];
  let stdout = "";
  let ran = 0;
  const sink = (take: (text: string) => void): Writable =>
    new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        take(chunk.toString());
        done();
      },
    });
  const session = new ElevatedSession({
    streams: {
      stdin: Readable.from([`${message}\n`]),
      stdout: Object.assign(
        sink((text) => (stdout += text)),
        { isTTY: true },
      ),
      // Where a line is no program either, such as one that is quoted with >.
      stderr: sink(() => (ran += 1)),
      onSignal: () => () => {},
    },
    answer: async (line) => {
      const answer = await world.say(line, context);
      if (answer) answers.push(answer);
      return answer;
    },
    run: () => {
      ran += 1;
      return { over: Promise.resolve(), interrupt: () => {} };
    },
  });
  await session.run();
  return { stdout, answers, ran };
}

describe.each(commandTable)("$name", (row) => {
  test.each(contextsOf(row))("said on $surface", async (context) => {
    const world = await worldOf(row);
    const status = await world.gate.status(contextOf());
    const events = world.audit.length;
    const answer = await world.say(world.filledIn(row.message), context);
    await world.gate.flushed();
    expect(answer ? world.stable(answer) : null).toEqual(row.answer);
    expect(JSON.stringify(world.audit)).not.toMatch(new RegExp(world.codes.join("|") || "no code", "u"));
    expect(answer?.challenge !== undefined).toBe(row.answer?.code === "OK_PENDING");
    if (row.answer === null || CHANGES_NOTHING.test(row.answer.code)) {
      expect(await world.gate.status(contextOf())).toEqual(status);
      expect(world.audit.slice(events).filter(({ type }) => type !== "elevation.refused")).toEqual([]);
    }
    world.gate.close();
  });

  test.skipIf(row.message.includes("\n"))("typed in a session of flynn elevate", async () => {
    const world = await worldOf(row);
    const { stdout, answers, ran } = await sayInSession(world, world.filledIn(row.message), contextOf(row.as));
    expect(answers.map((answer) => world.stable(answer))).toEqual(row.answer === null ? [] : [row.answer]);
    expect(ran).toBe(row.answer === null ? 1 : 0);
    const code = row.answer?.code === "OK_PENDING" ? `code: ${world.codes.at(-1)}\n` : "";
    expect(stdout).toBe(answers.map(({ text }) => `${text}\n`).join("") + code);
    world.gate.close();
  });
});

test("the table has every code, each with a row that it is the whole answer to", () => {
  const codes: Record<ReplyCode | "E_SYNTAX", true> = {
    OK_PENDING: true,
    OK_ACTIVE: true,
    OK_DENIED: true,
    OK_REVOKED: true,
    OK_STATUS: true,
    E_SYNTAX: true,
    E_DISABLED: true,
    E_ORIGIN: true,
    E_SURFACE: true,
    E_NOT_ALLOWED: true,
    E_TTL_RANGE: true,
    E_REASON: true,
    E_TOOL: true,
    E_ALREADY_ACTIVE: true,
    E_NO_PENDING: true,
    E_CODE: true,
    E_LOCKED: true,
    E_EXPIRED: true,
    E_HOOK: true,
    E_NO_GRANT: true,
    E_AUDIT_UNAVAILABLE: true,
  };
  const seen = new Set(commandTable.flatMap(({ answer }) => (answer === null ? [] : [answer.code])));
  expect([...seen].toSorted()).toEqual(Object.keys(codes).toSorted());
  expect(new Set(commandTable.map(({ name }) => name)).size).toBe(commandTable.length);
  expect(commandTable.length).toBeGreaterThanOrEqual(140);
});

test("what is refused for what it asks says what could be asked for", () => {
  const allowed: Readonly<Record<string, RegExp>> = {
    E_TTL_RANGE: /from 1 s to 15 min/u,
    E_REASON: /3 to 200 printable/u,
    E_TOOL: /there is (?:exec, process|process|none)\./u,
  };
  for (const { answer } of commandTable) {
    const { code = "", text = "" } = answer ?? {};
    if (code in allowed) expect(text).toMatch(allowed[code] ?? "");
    if (/is no time/u.test(text)) expect(text).toContain("a whole number from 1 to 99999 and s, m or h, such as 10m");
  }
});
