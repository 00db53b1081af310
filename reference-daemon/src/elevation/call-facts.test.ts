import type { CallFacts } from "@flynn/sdk/elevation-gate";
import { expect, test } from "vitest";

import { callPreviewOf } from "./call-facts.ts";

const VALUE = ["hunter2", "correct", "horse"].join("-");

function preview(...argv: readonly string[]): string {
  const file = { path: "/bin/x", sha256: "0".repeat(64) };
  const call: CallFacts = {
    tool: "exec",
    argv: [...argv],
    cwd: { path: "/", device: "1", inode: "2" },
    environmentDigest: "0".repeat(64),
    executable: file,
    script: null,
  };
  return callPreviewOf(call).preview;
}

test("a preview shows words as a shell would need them, on one line, and no more than fits", () => {
  expect(preview("git", "commit", "-m", "two words", "", "a\nb")).toBe('git commit -m "two words" "" "a\\nb"');
  expect(preview("x", "y".repeat(1_000_000)).length).toBeLessThanOrEqual(120);
  expect(preview(...Array.from({ length: 10_000 }, () => "word")).length).toBeLessThanOrEqual(120);
  expect(preview("echo", "\u001B[2J\u202E")).not.toMatch(/[\u001B\u202E]/u);
});

test("no part of a secret shows, wherever the preview ends", () => {
  for (let padding = 0; padding < 130; padding += 1) {
    for (const words of [
      ["--token", VALUE],
      [`--token=${VALUE}`],
      [`https://me:${VALUE}@host.invalid/`],
      ["Authorization: Bearer " + VALUE],
    ]) {
      expect(preview("curl", "y".repeat(padding), ...words)).not.toContain(VALUE.slice(0, 4));
    }
  }
});
