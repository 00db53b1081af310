import type { Subject } from "@flynn/sdk/subject";
import { expect, test } from "vitest";

import { withInstances } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";
import { bindCases } from "./bind-cases.ts";
import type { BindOptions } from "./bind-cases.ts";

type Outcome = "passed" | { readonly skipped: string } | { readonly failed: string };

/** Runs what was bound, one after the other, as a runner does. */
async function outcomes(options: BindOptions): Promise<Readonly<Record<string, Outcome>>> {
  const bound: (readonly [string, (context: { skip(reason?: string): unknown }) => Promise<void>])[] = [];
  bindCases({ describe: (_name, body) => body(), it: (name, body) => bound.push([name, body]) }, options);
  const results: Record<string, Outcome> = {};
  for (const [name, body] of bound) {
    const [id = ""] = name.split(" ", 1);
    let outcome: Outcome = "passed";
    try {
      await body({ skip: (reason = "") => (outcome = { skipped: reason }) });
    } catch (error) {
      outcome = { failed: (error as Error).message };
    }
    results[id] = outcome;
  }
  return results;
}

test("an object is judged where it is, once, and what needs a process of its own is skipped if the author agrees", async () => {
  let opens = 0;
  const counted: Subject = withInstances(exemplar, (instance) => {
    opens += 1;
    return instance;
  });
  const bound = await outcomes({ contract: "specimen", subject: counted, acceptHostLimits: true });
  expect(bound).toMatchObject({ "WIRE-001": "passed", "WIRE-008": "passed", "LEASE-001": "passed", "LEASE-015": "passed" });
  expect(bound["LEASE-012"]).toEqual({ skipped: expect.stringContaining("cannot be given a process of its own") as string });
  expect(bound["LEASE-014"]).toEqual({ skipped: "The subject declares renew." });
  expect(bound["LEASE-016"]).toBeUndefined();
  expect(Object.values(bound).filter((outcome) => typeof outcome === "object" && "failed" in outcome)).toEqual([]);
  expect(opens).toBeLessThan(40);
});

test("without agreement it fails, and says what would run it", async () => {
  const bound = await outcomes({ contract: "specimen@1", subject: exemplar });
  expect(bound["LEASE-001"]).toBe("passed");
  expect(bound["LEASE-012"]).toEqual({ failed: expect.stringContaining("run its module with the command line") as string });
});

test("a row that fails has the whole message, and one that waits says for what", async () => {
  const broken: Subject = { ...exemplar, contracts: { "specimen@1": { open: () => Promise.reject(new Error("There is no database")) } } };
  const bound = await outcomes({ contract: "specimen", subject: broken, seed: "mine" });
  expect(bound["WIRE-001"]).toEqual({ failed: expect.stringMatching(/FAIL WIRE-001[^]*There is no database[^]*seed mine/u) as string });
  expect(bound["LEASE-001"]).toEqual({ failed: expect.stringContaining("INCONCLUSIVE LEASE-001: waits for WIRE-001") as string });
});

test("what cannot be judged at all fails every test with the reason and the next step", async () => {
  const bound = await outcomes({ contract: "specimen", subject: "./no-such-module.ts" });
  expect(bound["LEASE-001"]).toEqual({
    failed: expect.stringMatching(/^bad subject \(module-not-found\): There is no file [^]*next: /u) as string,
  });
  expect(new Set(Object.values(bound).map((outcome) => JSON.stringify(outcome))).size).toBe(1);
});

test("a contract that does not exist is a mistake at once", () => {
  expect(() => bindCases({ describe: (_name, body) => body(), it: () => undefined }, { contract: "toaster", subject: exemplar })).toThrow(
    "There is no contract toaster; there are specimen, skill-scanner",
  );
});
