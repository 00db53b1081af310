import { LARGEST_FRAME_BYTES } from "@flynn/sdk/wire";
import { expect, test } from "vitest";

import { readFrame } from "./frame-reader.ts";
import { LineSplitter } from "./line-splitter.ts";

function split(...chunks: readonly (string | Uint8Array)[]): { readonly lines: string[]; readonly unfinished: string } {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  for (const chunk of chunks)
    splitter.push(typeof chunk === "string" ? Buffer.from(chunk) : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
  return { lines, unfinished: splitter.unfinished };
}

test("a chunk may hold several lines, none, or part of one", () => {
  expect(split("a\nb\n")).toEqual({ lines: ["a", "b"], unfinished: "" });
  expect(split("a", "b", "c\nd")).toEqual({ lines: ["abc"], unfinished: "d" });
  expect(split("", "\n", "\n\n")).toEqual({ lines: ["", "", ""], unfinished: "" });
});

test("a character that is cut in two by the chunks is whole in the line", () => {
  const bytes = Buffer.from("ticket ✓ 𝕏\n");
  for (let at = 1; at < bytes.length; at += 1) {
    expect(split(bytes.subarray(0, at), bytes.subarray(at)).lines).toEqual(["ticket ✓ 𝕏"]);
  }
});

test("a carriage return stays, because a frame has none", () => {
  expect(split("a\r\n").lines).toEqual(["a\r"]);
});

test("a line over the limit is kept up to the limit, is refused, and the next one is whole", () => {
  const lines: string[] = [];
  const splitter = new LineSplitter((line) => lines.push(line));
  const megabyte = Buffer.alloc(1024 * 1024, "x");
  for (let count = 0; count < 20; count += 1) splitter.push(megabyte);
  expect(splitter.unfinished).toHaveLength(LARGEST_FRAME_BYTES + 1);
  splitter.push(Buffer.from("\n{}\n"));
  expect(lines.map((line) => readFrame(line).kind)).toEqual(["unreadable", "frame"]);
});

test("the longest line that is allowed is a frame, and one byte more is not", () => {
  const longest = `{"a":"${"x".repeat(LARGEST_FRAME_BYTES - 10)}"}`;
  expect(Buffer.byteLength(`${longest}\n`)).toBe(LARGEST_FRAME_BYTES - 1);
  expect(readFrame(`${longest} `)).toMatchObject({ kind: "frame" });
  expect(readFrame(`${longest}  `)).toMatchObject({ kind: "unreadable", diagnosis: "frame-too-large" });
});
