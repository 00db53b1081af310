import { Writable } from "node:stream";

import { VirtualClock } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { ScanProgress } from "./skills-scan-progress.ts";

function drawn(steps: readonly (readonly [mono: number, count: number])[], total: number): string[] {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const clock = new VirtualClock();
  const progress = new ScanProgress(stream, clock, total);
  for (const [mono, count] of steps) {
    clock.set({ mono, boot: 0, wall: 0 });
    progress.add(count);
  }
  progress.clear();
  return lines.map((line) => line.replace("\r\u001B[2K", "<"));
}

test("says what is done, how fast it goes and how long it will take, ten times a second at most, and leaves nothing behind", () => {
  expect(
    drawn(
      [
        [50, 1],
        [1_000, 99],
        [1_050, 50],
        [2_000, 50],
      ],
      400,
    ),
  ).toEqual([
    "<[######------------------] 100/400 skills  100/s  3 s left",
    "<[############------------] 200/400 skills  100/s  2 s left",
    "<",
  ]);
  expect(drawn([[10_000, 10]], 1_000)).toEqual(["<[------------------------] 10/1000 skills  1/s  16 min 30 s left", "<"]);
});

test("writes nothing at all where the scan is over at once", () => {
  expect(drawn([[99, 10]], 10)).toEqual([]);
});

test("does not divide by nothing", () => {
  expect(drawn([[500, 0]], 10)).toEqual(["<[------------------------] 0/10 skills  0/s  ? left", "<"]);
});
