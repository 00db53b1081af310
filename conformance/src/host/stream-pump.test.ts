import { INITIAL_CREDIT } from "@flynn/sdk/wire";
import { expect, test } from "vitest";

import { StreamPump } from "./stream-pump.ts";

interface Pumped {
  readonly pump: StreamPump;
  readonly sent: unknown[];
  readonly ended: Promise<number>;
}

function pumping(source: (signal: AbortSignal) => AsyncIterable<unknown>, credit?: number): Pumped {
  const controller = new AbortController();
  const sent: unknown[] = [];
  const pump = new StreamPump(source(controller.signal), controller, credit, (seq, value) => sent.push([seq, value]));
  return { pump, sent, ended: pump.run() };
}

/** Long enough for every promise that can settle to have settled. */
async function settled(): Promise<void> {
  await new Promise((resolve) => void setImmediate(resolve));
}

async function* counting(to: number, pulled: number[] = []): AsyncGenerator<number> {
  for (let number = 0; number < to; number += 1) {
    pulled.push(number);
    yield number;
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve());
  });
}

/** Yields one item, waits for the signal, and then yields what the contract has for an aborted stream. */
async function* following(signal: AbortSignal): AsyncGenerator<string> {
  yield "first";
  await aborted(signal);
  yield "aborted";
}

test("without credit it does not pull, and goes on when credit comes", async () => {
  const pulled: number[] = [];
  const { pump, sent, ended } = pumping(() => counting(10, pulled), 2);
  await settled();
  expect(sent).toEqual([
    [0, 0],
    [1, 1],
  ]);
  expect(pulled).toEqual([0, 1]);
  pump.addCredit(3);
  await settled();
  expect(pulled).toEqual([0, 1, 2, 3, 4]);
  pump.addCredit(100);
  expect(await ended).toBe(10);
});

test("the first credit is the wire's where the call names none", async () => {
  const { sent, pump, ended } = pumping(() => counting(100));
  await settled();
  expect(sent).toHaveLength(INITIAL_CREDIT);
  pump.cancel("return");
  await ended;
});

test("at no credit at all nothing is pulled", async () => {
  const pulled: number[] = [];
  const { pump, ended } = pumping(() => counting(3, pulled), 0);
  await settled();
  expect(pulled).toEqual([]);
  pump.cancel("return");
  expect(await ended).toBe(0);
});

test("after an abort the terminal part goes out, also at no credit", async () => {
  const { pump, sent, ended } = pumping(following, 1);
  await settled();
  pump.cancel("abort");
  expect(await ended).toBe(2);
  expect(sent.at(-1)).toEqual([1, "aborted"]);
});

test("after an abort at no credit only the last part goes out of those that the source still has", async () => {
  const { pump, sent, ended } = pumping(() => counting(5), 2);
  await settled();
  pump.cancel("abort");
  expect(await ended).toBe(3);
  expect(sent.at(-1)).toEqual([2, 4]);
});

test("a call that was aborted before it began is pulled to its end", async () => {
  const controller = new AbortController();
  controller.abort();
  const sent: unknown[] = [];
  const pump = new StreamPump(counting(3), controller, 0, (_seq, value) => sent.push(value));
  expect(await pump.run()).toBe(1);
  expect(sent).toEqual([2]);
});

test("when the reader goes away the source is cleaned up and nothing more is sent", async () => {
  let isCleanedUp = false;
  async function* source(): AsyncGenerator<number> {
    try {
      yield* counting(100);
    } finally {
      isCleanedUp = true;
    }
  }
  const { pump, sent, ended } = pumping(source, 3);
  await settled();
  pump.cancel("return");
  pump.addCredit(10);
  expect(await ended).toBe(3);
  expect(isCleanedUp).toBe(true);
  expect(sent).toHaveLength(3);
});

test("a source that waits for its signal ends when the reader goes away, and its terminal part is not sent", async () => {
  const { pump, sent, ended } = pumping(following, 5);
  await settled();
  pump.cancel("return");
  expect(await ended).toBe(1);
  expect(sent).toEqual([[0, "first"]]);
});

test("a source that is stuck until its own clean-up is cleaned up while it owes an item", async () => {
  let giveUp: () => void = () => undefined;
  const source: AsyncIterable<unknown> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise((resolve) => (giveUp = () => resolve({ done: true, value: undefined }))),
      return: async () => {
        giveUp();
        return { done: true, value: undefined };
      },
    }),
  };
  const { pump, ended } = pumping(() => source);
  await settled();
  pump.cancel("return");
  expect(await ended).toBe(0);
});

test("a source whose clean-up does not end its wait does not hold up the end", async () => {
  const source: AsyncIterable<unknown> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined), return: async () => ({ done: true, value: undefined }) }),
  };
  const { pump, ended } = pumping(() => source);
  await settled();
  pump.cancel("return");
  expect(await ended).toBe(0);
});

test("a wait that rejects because it was aborted is no error once the reader has gone, and is one before", async () => {
  async function* source(signal: AbortSignal): AsyncGenerator<string> {
    yield "first";
    await aborted(signal);
    throw signal.reason;
  }
  const gone = pumping(source);
  await settled();
  gone.pump.cancel("return");
  expect(await gone.ended).toBe(1);

  const stopped = pumping(source);
  await settled();
  stopped.pump.cancel("abort");
  await expect(stopped.ended).rejects.toThrow("cancelled");
});

test("an error of the source ends the stream, after the items before it", async () => {
  async function* source(): AsyncGenerator<number> {
    yield 1;
    throw new Error("The disk is full");
  }
  const { sent, ended } = pumping(source);
  await expect(ended).rejects.toThrow("The disk is full");
  expect(sent).toEqual([[0, 1]]);
});

test("an error of the clean-up is an error of the stream", async () => {
  async function* source(): AsyncGenerator<number> {
    try {
      yield 1;
      yield 2;
    } finally {
      // oxlint-disable-next-line no-unsafe-finally
      throw new Error("The file cannot be closed");
    }
  }
  const { pump, ended } = pumping(source, 1);
  await settled();
  pump.cancel("return");
  await expect(ended).rejects.toThrow("cannot be closed");
});
