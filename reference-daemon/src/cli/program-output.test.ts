import { Writable } from "node:stream";

import { expect, test } from "vitest";

import { ProgramOutput } from "./program-output.ts";

class Collector extends Writable {
  readonly isTTY: boolean;
  bytes = Buffer.alloc(0);

  constructor(isTTY: boolean) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.bytes = Buffer.concat([this.bytes, chunk]);
    done();
  }
}

test("on a terminal no control acts, and what comes next is on a line of its own", () => {
  const stream = new Collector(true);
  const output = new ProgramOutput(stream);
  const text = Buffer.from("a\tb\r\n\u001B[21t\u0007\u009B0c é \0\b\u007F");
  for (const byte of text) output.write(Buffer.from([byte]));
  output.end();
  expect(stream.bytes.toString()).toBe("a\tb\r\n\\u{1b}[21t\\u{7}\\u{9b}0c é \\u{0}\\u{8}\\u{7f}\n");
});

test("nothing is added to whole lines, nor to nothing", () => {
  const stream = new Collector(true);
  const output = new ProgramOutput(stream);
  output.end();
  output.write(Buffer.from("line\n"));
  output.end();
  expect(stream.bytes.toString()).toBe("line\n");
});

test("elsewhere every byte is passed on", () => {
  const stream = new Collector(false);
  const output = new ProgramOutput(stream);
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  output.write(bytes);
  output.end();
  expect(stream.bytes).toEqual(bytes);
});

test("whoever writes is told when nobody reads any more", async () => {
  const stream = new Collector(false);
  stream.on("error", () => {});
  stream.destroy(new Error("EPIPE"));
  const output = new ProgramOutput(stream);
  output.write(Buffer.from("lost"));
  await new Promise((resolve) => setImmediate(resolve));
  expect(() => output.write(Buffer.from("more"))).toThrow();
});
