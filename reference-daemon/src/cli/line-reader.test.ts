import { PassThrough } from "node:stream";

import { expect, test } from "vitest";

import { LineReader } from "./line-reader.ts";

async function linesOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const input = new PassThrough();
  const reader = new LineReader(input);
  for (const chunk of chunks) input.write(chunk);
  input.end();
  const lines: string[] = [];
  for (let line = await reader.next(); line !== undefined; line = await reader.next()) lines.push(line);
  return lines;
}

const bytes = (...texts: string[]): Uint8Array[] => texts.map((text) => Buffer.from(text));

test.each([
  [[], []],
  [bytes("one\ntwo\n"), ["one", "two"]],
  [bytes("one\ntwo"), ["one", "two"]],
  [bytes("o", "ne\n", "\n", "two"), ["one", "", "two"]],
  [[Buffer.from([0xc3]), Buffer.from([0xa9, 0x0a])], ["é"]],
  [bytes("a\r\nb\u2028c\rd\n"), ["a\r", "b\u2028c\rd"]],
])("%j are the lines %j", async (chunks, lines) => {
  expect(await linesOf(chunks)).toEqual(lines);
});

test("a line that is asked for comes when it is there", async () => {
  const input = new PassThrough();
  const reader = new LineReader(input);
  const line = reader.next();
  input.write("la");
  input.write("te\n");
  expect(await line).toBe("late");
});

test("nothing is read that nobody asked for", async () => {
  const input = new PassThrough();
  const reader = new LineReader(input);
  input.write("one\n");
  expect(await reader.next()).toBe("one");
  expect(input.isPaused()).toBe(true);
});

test("closed, it gives no line, neither one that was there nor one that is waited for", async () => {
  const input = new PassThrough();
  const reader = new LineReader(input);
  input.write("one\ntwo\n");
  expect(await reader.next()).toBe("one");
  reader.close();
  expect(await reader.next()).toBeUndefined();

  const other = new LineReader(new PassThrough());
  const line = other.next();
  other.close();
  expect([await line, other.problem]).toEqual([undefined, undefined]);
});

test("an error of the input is its end, and a problem", async () => {
  const input = new PassThrough();
  const reader = new LineReader(input);
  const line = reader.next();
  input.destroy(new Error("EIO: i/o error, read"));
  expect([await line, reader.problem]).toEqual([undefined, "EIO: i/o error, read"]);
});

test("so is a line without an end, of which no more is kept", async () => {
  const input = new PassThrough();
  const reader = new LineReader(input);
  const line = reader.next();
  const chunk = "x".repeat(100_000);
  for (let written = 0; written < 2_000_000; written += chunk.length) input.write(chunk);
  expect([await line, reader.problem]).toEqual([undefined, "a line is longer than 1000000 characters"]);
});
