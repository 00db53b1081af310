import { LARGEST_FRAME_BYTES } from "@flynn/sdk/wire";

import type { Diagnosis } from "./violation.ts";

const PREVIEW = 160;

/** What one line of a subject's stdout turned out to be. */
export type ReadLine =
  | { readonly kind: "frame"; readonly members: Readonly<Record<string, unknown>>; readonly text: string }
  | {
      readonly kind: "unreadable";
      readonly requirement: string;
      readonly diagnosis: Diagnosis;
      readonly expected: string;
      readonly got: string;
    };

/** Tells a frame from what is none. The `text` of a frame has no escapes that could hide a planted value from a look at it. */
export function readFrame(line: string): ReadLine {
  if (Buffer.byteLength(line) >= LARGEST_FRAME_BYTES) {
    const expected = `at most ${LARGEST_FRAME_BYTES} bytes`;
    return { kind: "unreadable", requirement: "WIRE-003", diagnosis: "frame-too-large", expected, got: "a longer line" };
  }
  let value: unknown;
  try {
    // JSON.parse: the schemas are applied by the session, which knows what each frame answers.
    value = JSON.parse(line);
  } catch {
    return noise(`the text ${preview(line)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return noise(`the JSON value ${preview(line)}`);
  return { kind: "frame", members: value as Record<string, unknown>, text: line.includes("\\u") ? JSON.stringify(value) : line };
}

export function preview(text: string): string {
  return JSON.stringify(text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text);
}

function noise(got: string): ReadLine {
  return { kind: "unreadable", requirement: "WIRE-002", diagnosis: "stdout-noise", expected: "a JSON-RPC frame", got };
}
