import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { specimenSuite } from "../../specimen/suite.ts";
import type { Driver } from "../drivers/driver.ts";
import { InProcessDriver } from "../drivers/in-process-driver.ts";
import { suites } from "../registry/suites.ts";
import { FAULT_FAMILIES } from "./boundary-fault.ts";
import { generateFaults } from "./generate-faults.ts";
import { measureSensitivity } from "./measure-sensitivity.ts";
import { sensitivityReport } from "./sensitivity-report.ts";
import { sensitivitySchema } from "./sensitivity-schema.ts";
import { sensitivityMarkdown, sensitivitySummary } from "./sensitivity-text.ts";

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const EXEMPLAR = path("../../specimen/exemplar.ts");

function measure(
  wanted: readonly string[],
  driver: Driver = new InProcessDriver(EXEMPLAR),
  told: string[] = [],
): ReturnType<typeof measureSensitivity> {
  return measureSensitivity(specimenSuite, driver, {
    seed: "test",
    jobs: 2,
    suiteVersion: "0",
    realClock: false,
    wants: (id) => wanted.includes(id),
    onResult: ({ id }) => void told.push(id),
  });
}

test.each(suites.map(({ contract }) => [contract.name, contract] as const))("each fault of %s has an id of its own", (_name, contract) => {
  const ids = generateFaults(contract, 1).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z][A-Za-z]*(-[A-Za-z]+)+$/u.test(id))).toEqual([]);
});

test("a contract with streams, ports, errors and a clock has faults of every family", () => {
  const families = new Set(generateFaults(specimenSuite.contract, 1).map(({ family }) => family));
  expect([...families].toSorted()).toEqual([...FAULT_FAMILIES].toSorted());
});

/** One of each family, with the row that is there to notice it. */
const guarded: Readonly<Record<string, readonly string[]>> = {
  "loses-the-last-item-of-journal": ["LEASE-010"],
  "loses-its-folder": ["LEASE-012"],
  "asks-accept-twice": ["LEASE-001"],
  "swaps-answers-of-acquire": ["WIRE-004"],
  "ignores-refusals-of-accept": ["LEASE-003"],
  "ignores-return-of-journal": ["LEASE-011"],
  "prints-its-environment": ["WIRE-008"],
  "sees-no-suspend": ["LEASE-007"],
  "sends-an-item-of-journal-after-its-end": ["WIRE-006"],
};

describe("around the exemplar", () => {
  const harmless = ["does-status-twice", "hides-errors-of-journal"];

  test(
    "each family is noticed by the row that asks about it, and what is harmless or has no occasion guards nothing",
    { timeout: 120_000 },
    async () => {
      const told: string[] = [];
      const measured = await measure([...Object.keys(guarded), ...harmless], new InProcessDriver(EXEMPLAR), told);
      expect(measured.unspoilt.verdict).toBe("conformant");
      expect(told).toEqual(measured.faults.map(({ id }) => id));
      const caught = measured.faults.filter(({ id }) => !harmless.includes(id));
      expect(Object.fromEntries(caught.map(({ id, caughtBy }) => [id, caughtBy]))).toEqual(guarded);
      expect(caught.every(({ outcome, fired }) => outcome === "caught" && fired > 0)).toBe(true);
      const others = measured.faults.filter(({ id }) => harmless.includes(id));
      expect(others.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
        "does-status-twice survived",
        "hides-errors-of-journal not-reached",
      ]);

      const report = sensitivityReport(measured, "0");
      expect(sensitivitySchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
      expect(report.rows.find(({ id }) => id === "LEASE-007")).toEqual({ id: "LEASE-007", guards: ["sees-no-suspend"] });
      expect(report.rows.find(({ id }) => id === "LEASE-005")).toEqual({ id: "LEASE-005", guards: [] });
      const summary = sensitivitySummary(report);
      expect(summary).toContain("11 faults: 9 caught, 1 survived, 1 not reached");
      expect(summary).toContain("  does-status-twice: does each `status` twice, and answers once");
      expect(summary).toContain("Not reached, because nothing in the run gave an occasion: hides-errors-of-journal");
      expect(sensitivityMarkdown(report)).toContain("| sees no time pass while the machine is suspended | caught | LEASE-007 |");
    },
  );
});

test("a row that fails as it is guards nothing, and that is said", { timeout: 60_000 }, async () => {
  const measured = await measure(["answers-renew-too-late"], new InProcessDriver(path("../../test/subjects/claims-renew.ts")));
  expect(measured.faults[0]).toMatchObject({ outcome: "survived" });
  const report = sensitivityReport(measured, "0");
  expect(report.rows.map(({ id }) => id)).not.toContain("LEASE-013");
  expect(sensitivitySummary(report)).toContain("The subject is not conformant as it is: what fails already guards nothing.");
});

test("where nothing holds there is nothing to measure", { timeout: 60_000 }, async () => {
  const open = (): Promise<never> => Promise.reject(new Error("There is no store"));
  const subject = { name: "closed", version: "1.0.0", contracts: { "specimen@1": { open } } };
  const measured = await measure(["sees-no-time-pass"], new InProcessDriver(subject));
  expect(measured.faults).toEqual([]);
  expect(sensitivitySummary(sensitivityReport(measured, "0"))).toContain("No row holds");
});
