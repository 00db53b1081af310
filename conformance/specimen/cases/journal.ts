import { defineCase } from "../../src/judge/case.ts";
import type { CaseDefinition } from "../../src/judge/case.ts";
import { shown } from "../../src/judge/shown.ts";
import type { CaseContext } from "../../src/judge/case-context.ts";
import type { OpenInstance, OpenStream } from "../../src/judge/open-instance.ts";
import type { JournalPart } from "../schema.ts";
import { acquireHeld, readJournal, ticketing } from "./lease.ts";

/** More than the first credit, so that a reader that is slow is a reader that is waited for. */
const MANY = 45;

type ExpectedEvent = readonly [event: string, leaseId: string, ticket: string];

/** Where a journal differs from what was done, in words, or undefined where it does not. */
function difference(parts: readonly JournalPart[], expected: readonly ExpectedEvent[], reason: "complete" | "aborted"): string | undefined {
  const finishes = parts.filter((part) => part.type === "finish");
  const last = parts.at(-1);
  const events = parts.filter((part) => part.type === "event");
  const wrong = expected.findIndex(([event, leaseId, ticket], index) => {
    const got = events[index];
    return got?.event !== event || got.leaseId !== leaseId || got.ticket !== ticket || got.number !== index + 1;
  });
  if (wrong !== -1)
    return `event ${wrong + 1} is ${events[wrong] ? shown(events[wrong]) : "missing"}; expected ${expected[wrong]?.join(" ")}`;
  if (events.length !== expected.length) return `${events.length} events, not ${expected.length}`;
  if (finishes.length !== 1 || last?.type !== "finish") return `${finishes.length} finish parts, and ${shown(last)} at the end`;
  return last.reason === reason ? undefined : `the finish says ${last.reason}, not ${reason}`;
}

async function acquireMany(context: CaseContext, instance: OpenInstance, count: number): Promise<ExpectedEvent[]> {
  const expected: ExpectedEvent[] = [];
  for (let index = 0; index < count; index += 1) {
    const { leaseId, ticket } = await acquireHeld(context, instance, 60_000);
    expected.push(["acquired", leaseId, ticket]);
  }
  return expected;
}

/** A journal of one event that is followed and has nothing new. */
async function followUpToNow(
  context: CaseContext,
): Promise<{ readonly instance: OpenInstance; readonly journal: OpenStream<JournalPart> }> {
  const { accept } = ticketing(context);
  const instance = await context.open({ ports: { accept } });
  const [first] = await acquireMany(context, instance, 1);
  const journal = instance.stream<JournalPart>("journal", [{ follow: true }]);
  const part = await journal.next();
  context.control("LEASE-010", part?.type === "event" && part.ticket === first?.[2], {
    did: "followed the journal",
    expected: shown(first),
    got: shown(part),
  });
  return { instance, journal };
}

export const journalCases: readonly CaseDefinition[] = [
  defineCase({
    id: "LEASE-010/complete-and-in-order",
    requirement: "LEASE-010",
    title: `acquires ${MANY} leases, releases one, and reads the journal slowly`,
    isolation: "shared",
    expects: ["every event"],
    run: async (context) => {
      const { accept } = ticketing(context);
      const instance = await context.open({ ports: { accept } });
      const expected = await acquireMany(context, instance, MANY);
      const [, leaseId = "", ticket = ""] = expected[0] ?? [];
      await instance.ask("release", { leaseId });
      expected.push(["released", leaseId, ticket]);

      const journal = instance.stream<JournalPart>("journal", [{ follow: false }]);
      // Nothing is read until another call has been answered: a stream that ignores its credit has overrun by then.
      await instance.ask("held");
      await instance.ask("held");
      const got = difference(await journal.rest(), expected, "complete");
      context.check("every event", got === undefined, {
        did: `read a journal of ${expected.length} events`,
        expected: "each once, in order, numbered from 1, then one finish",
        got: got ?? "that",
      });
    },
  }),
  defineCase({
    id: "LEASE-011/followed-and-aborted",
    requirement: "LEASE-011",
    title: "follows the journal while leases are acquired, then aborts",
    isolation: "shared",
    expects: ["what came later", "end after abort"],
    run: async (context) => {
      const { accept } = ticketing(context);
      const instance = await context.open({ ports: { accept } });
      const expected = await acquireMany(context, instance, 1);
      const journal = instance.stream<JournalPart>("journal", [{ follow: true }]);
      const parts: (JournalPart | null)[] = [await journal.next()];
      expected.push(...(await acquireMany(context, instance, 2)));
      parts.push(await journal.next(), await journal.next());
      const later = parts.map((part) => (part?.type === "event" ? part.ticket : null));
      const isRight = expected.every(([, , ticket], index) => later[index] === ticket);
      context.check("what came later", isRight, {
        did: "followed the journal over two more leases",
        expected: shown(expected.map(([, , ticket]) => ticket)),
        got: shown(later),
      });
      journal.abort();
      const rest = await journal.rest();
      const got = rest.length === 1 && rest[0]?.type === "finish" && rest[0].reason === "aborted" ? undefined : shown(rest);
      context.check("end after abort", got === undefined, {
        did: "aborted the journal",
        expected: "one finish part with reason aborted",
        got: got ?? "that",
      });
    },
  }),
  defineCase({
    id: "LEASE-011/reader-goes-away",
    requirement: "LEASE-011",
    title: "follows the journal and goes away without aborting",
    isolation: "shared",
    expects: ["ends"],
    run: async (context) => {
      const { instance, journal } = await followUpToNow(context);
      const unread = await journal.return();
      await acquireMany(context, instance, 1);
      context.check("ends", unread === 0, {
        did: "stopped reading a journal that was followed and had nothing new",
        expected: "the end of the stream and no other part",
        got: `${unread} more parts`,
      });
    },
  }),
  defineCase({
    id: "LEASE-011/closed-while-followed",
    requirement: "LEASE-011",
    title: "closes the instance while its journal is followed",
    isolation: "shared",
    expects: ["ends"],
    run: async (context) => {
      const { instance, journal } = await followUpToNow(context);
      await instance.close();
      const rest = await journal.rest();
      const events = rest.filter(({ type }) => type === "event");
      context.check("ends", events.length === 0, {
        did: "closed the instance while its journal was followed",
        expected: "the end of the stream and no other event",
        got: shown(events),
      });
    },
  }),
  defineCase({
    id: "LEASE-012/kill-and-restart",
    requirement: "LEASE-012",
    title: "kills the process with two leases held and starts it again on the same directory",
    isolation: "process",
    expects: ["journal is complete", "no lease is held", "goes on"],
    run: async (context) => {
      const { accept } = ticketing(context);
      const before = await context.open({ ports: { accept } });
      const expected = await acquireMany(context, before, 2);
      const instance = await before.killAndReopen();
      const got = difference(await readJournal(instance), expected, "complete");
      context.check("journal is complete", got === undefined, {
        did: "read the journal after a kill",
        expected: "the two leases from before",
        got: got ?? "that",
      });
      const held = await instance.ask<{ leaseIds: string[] }>("held");
      context.check("no lease is held", held.ok && held.value.leaseIds.length === 0, {
        did: "asked which leases are held after a kill",
        expected: "none",
        got: shown(held),
      });
      expected.push(...(await acquireMany(context, instance, 1)));
      const after = difference(await readJournal(instance), expected, "complete");
      context.check("goes on", after === undefined, {
        did: "acquired another lease and read the journal",
        expected: "three events, numbered on",
        got: after ?? "that",
      });
    },
  }),
];
