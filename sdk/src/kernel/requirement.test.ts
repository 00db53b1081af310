import { expect, test } from "vitest";

import { defineRequirements } from "./requirement.ts";
import type { Requirement } from "./requirement.ts";

const row: Requirement = {
  id: "DEMO-001",
  level: "MUST",
  since: "1.0.0",
  text: "A sentence that could be false.",
  why: "Something goes wrong without it.",
  source: { doc: "docs/spec/wire.md", anchor: "open" },
  uses: ["open"],
  hint: "Look at the constructor first.",
};

test("sound rows come back as they are", () => {
  const rows = [row, { ...row, id: "DEMO-002", after: ["DEMO-001"], flag: "!renew" }];
  expect(defineRequirements("DEMO", rows)).toBe(rows);
});

const broken: readonly (readonly [string, readonly unknown[], string])[] = [
  ["an id of another contract", [{ ...row, id: "SCAN-001" }], "SCAN-001 stands among the DEMO- rows"],
  ["an id that only begins alike", [{ ...row, id: "DEMOS-001" }], "DEMOS-001 stands among"],
  ["an id twice", [row, row], "DEMO-001 is there twice"],
  ["an id with two digits", [{ ...row, id: "DEMO-01" }], "DEMO-01 is malformed"],
  ["a level that is not known", [{ ...row, level: "MAY" }], "DEMO-001 is malformed"],
  ["no text", [{ ...row, text: "" }], "DEMO-001 is malformed"],
  ["no use", [{ ...row, uses: [] }], "DEMO-001 is malformed"],
  ["a member that is not known", [{ ...row, expected: "never in a row" }], "expected"],
  ["a row after itself", [{ ...row, after: ["DEMO-001"] }], "DEMO-001 wait for each other"],
  [
    "two rows after each other",
    [row, { ...row, id: "DEMO-002", after: ["DEMO-003"] }, { ...row, id: "DEMO-003", after: ["DEMO-002"] }],
    "DEMO-002, DEMO-003 wait for each other",
  ],
  ["a row after one that is not there", [{ ...row, after: ["DEMO-009"] }], "DEMO-001 is after DEMO-009"],
  ["a flag in capitals", [{ ...row, flag: "Renew" }], "DEMO-001 is malformed"],
];

for (const [title, rows, message] of broken) {
  test(`${title} is refused when the rows are defined`, () => {
    expect(() => defineRequirements("DEMO", rows as readonly Requirement[])).toThrow(message);
  });
}
