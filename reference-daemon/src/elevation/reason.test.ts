import fc from "fast-check";
import { expect, test } from "vitest";

import { acceptedReason } from "./reason.ts";

test("a reason is kept in NFC, without the white space around it", () => {
  expect(acceptedReason("  re\u0301parer  ")).toBe("réparer");
});

test("no reason that is taken can act on a terminal or is more than one line", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 0, maxLength: 250 }), (text) => {
      const kept = acceptedReason(text);
      if (kept === undefined) return;
      expect(kept).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      expect([...kept].length).toBeGreaterThanOrEqual(3);
      expect([...kept].length).toBeLessThanOrEqual(200);
    }),
    { numRuns: 2_000 },
  );
});
