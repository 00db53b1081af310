import { INITIAL_CREDIT } from "@flynn/sdk/wire";
import { expect, test } from "vitest";

import { SessionStream } from "./session-stream.ts";

interface Seen {
  readonly stream: SessionStream;
  readonly events: string[];
}

function open(): Seen {
  const events: string[] = [];
  const stream = new SessionStream({
    grant: (n) => events.push(`grant ${n}`),
    overCredit: (seq) => events.push(`over credit ${seq}`),
    outOfSequence: (expected, got) => events.push(`item ${got} for ${expected}`),
    wrongCount: (sent, said) => events.push(`said ${said} of ${sent}`),
    afterEnd: () => events.push("after the end"),
  });
  return { stream, events };
}

function send(stream: SessionStream, count: number, from = 0): void {
  for (let seq = from; seq < from + count; seq += 1) stream.receive(seq, { seq });
}

async function readAll(stream: SessionStream): Promise<unknown[]> {
  const items: unknown[] = [];
  for (let item = await stream.next(); item; item = await stream.next()) items.push(item.value);
  return items;
}

test("items come in order and then the end, also for whoever was waiting", async () => {
  const { stream, events } = open();
  const early = stream.next();
  send(stream, 3);
  stream.end(3);
  expect(await early).toEqual({ value: { seq: 0 } });
  expect(await readAll(stream)).toEqual([{ seq: 1 }, { seq: 2 }]);
  expect(events).toEqual([]);
});

test("an item may be null and is no end", async () => {
  const { stream } = open();
  stream.receive(0, null);
  stream.end(1);
  expect(await readAll(stream)).toEqual([null]);
});

test("credit is given back as items are read, and not before", async () => {
  const { stream, events } = open();
  send(stream, INITIAL_CREDIT);
  expect(events).toEqual([]);
  for (let read = 0; read < INITIAL_CREDIT / 2; read += 1) await stream.next();
  expect(events).toEqual([`grant ${INITIAL_CREDIT / 2}`]);
  send(stream, INITIAL_CREDIT / 2, INITIAL_CREDIT);
  expect(events).toHaveLength(1);
});

test("no credit is given to a stream that has ended", async () => {
  const { stream, events } = open();
  send(stream, INITIAL_CREDIT);
  stream.end(INITIAL_CREDIT);
  await readAll(stream);
  expect(events).toEqual([]);
});

test("the last item may go one over the credit, because the terminal part needs none", () => {
  const { stream, events } = open();
  send(stream, INITIAL_CREDIT + 1);
  stream.end(INITIAL_CREDIT + 1);
  expect(events).toEqual([]);
});

test("an item over the credit that is not the last is told, each of them", () => {
  const { stream, events } = open();
  send(stream, INITIAL_CREDIT + 3);
  stream.end(INITIAL_CREDIT + 3);
  expect(events).toEqual([`over credit ${INITIAL_CREDIT}`, `over credit ${INITIAL_CREDIT + 1}`]);
});

test("a gap and a repeat in the numbers are told", () => {
  const { stream, events } = open();
  stream.receive(0, "a");
  stream.receive(2, "b");
  stream.receive(2, "c");
  stream.receive(2, "d");
  expect(events).toEqual(["item 2 for 1", "item 2 for 3"]);
});

test("a wrong count is told, and an end by error has none", () => {
  const { stream, events } = open();
  send(stream, 2);
  stream.end(3);
  expect(events).toEqual(["said 3 of 2"]);
  const failed = open();
  send(failed.stream, 2);
  failed.stream.end(undefined);
  expect(failed.events).toEqual([]);
});

test("an item after the end is told and not delivered", async () => {
  const { stream, events } = open();
  send(stream, 1);
  stream.end(1);
  send(stream, 1, 1);
  expect(await readAll(stream)).toEqual([{ seq: 0 }]);
  expect(events).toEqual(["after the end"]);
});
