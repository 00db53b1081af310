import { expect, test } from "vitest";

import { contracts } from "../registry/contracts.ts";
import { rootRequirement } from "./root-requirement.ts";

test("each contract has the row that its author meets first", () => {
  const roots = contracts.map((contract) => [contract.name, rootRequirement(contract)?.id]);
  expect(roots).toEqual([
    ["specimen", "LEASE-001"],
    ["skill-scanner", "SCAN-001"],
    ["elevation-gate", "ELV-001"],
  ]);
});

test("what stands on it from afar counts, and a contract without rows has none", () => {
  const [base] = contracts[0]?.requirements ?? [];
  if (!base) throw new Error("The specimen has rows");
  const { after: _after, ...row } = base;
  const rows = [
    { ...row, id: "TOY-001" },
    { ...row, id: "TOY-002" },
    { ...row, id: "TOY-003", after: ["TOY-002"] },
    { ...row, id: "TOY-004", after: ["TOY-003"] },
  ];
  expect(rootRequirement({ requirements: rows })?.id).toBe("TOY-002");
  expect(rootRequirement({ requirements: [] })).toBeUndefined();
});
