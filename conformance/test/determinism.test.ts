import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import exemplar from "../specimen/exemplar.ts";
import { specimenSuite } from "../specimen/suite.ts";
import { InProcessDriver } from "../src/drivers/in-process-driver.ts";
import { judgeContract } from "../src/judge/judge-contract.ts";
import { reportSchema } from "../src/report/report-schema.ts";
import type { ContractReport } from "../src/report/report-schema.ts";
import { causalOrder } from "./causal-order.ts";
import { EXEMPLAR, NODE, runCli } from "./run-cli.ts";

const BIN = fileURLToPath(new URL("../bin/flynn-conformance.ts", import.meta.url));

const asModule = [EXEMPLAR];
const asCommand = ["--", ...NODE, BIN, "host", EXEMPLAR];

async function judged(seed: string, flags: readonly string[], subject: readonly string[]): Promise<ContractReport> {
  const ran = await runCli(["specimen", "--seed", seed, "--trace", "--report", "json=-", ...flags, ...subject]);
  const report = reportSchema.parse(JSON.parse(ran.stdout));
  expect([ran.exitCode, report.exitCode], ran.stderr).toEqual([0, 0]);
  const [run] = report.runs;
  if (!run) throw new Error("The report has no run");
  return run;
}

function verdicts(run: ContractReport): Readonly<Record<string, string>> {
  return Object.fromEntries(
    run.rows.flatMap((row) => [[row.id, row.status], ...row.cases.map((one) => [one.id, one.status])]) as [string, string][],
  );
}

function orders(run: ContractReport): Readonly<Record<string, ReturnType<typeof causalOrder>>> {
  return Object.fromEntries(run.rows.flatMap((row) => row.cases).map((one) => [one.id, causalOrder(one)]));
}

describe.concurrent("the same seed", { timeout: 60_000 }, () => {
  const runs = {
    child: () => judged("one", [], asModule),
    "child, one case at a time": () => judged("one", ["--jobs", "1"], asModule),
    stdio: () => judged("one", [], asCommand),
    "in-process": () => judged("one", ["--driver", "in-process"], asModule),
  };
  const started = new Map<string, Promise<ContractReport>>();
  const runOf = (name: keyof typeof runs): Promise<ContractReport> => {
    const run = started.get(name) ?? runs[name]();
    started.set(name, run);
    return run;
  };

  for (const other of ["child, one case at a time", "stdio", "in-process"] as const) {
    test(`gives the verdicts of a child in: ${other}`, async () => {
      const [first, second] = await Promise.all([runOf("child"), runOf(other)]);
      expect(verdicts(second)).toEqual(verdicts(first));
      expect(Object.keys(verdicts(first)).length).toBeGreaterThan(40);
    });

    test(`says the same in the same order, exchange by exchange, in: ${other}`, async () => {
      const [first, second] = await Promise.all([runOf("child"), runOf(other)]);
      const expected = orders(first);
      for (const [id, order] of Object.entries(orders(second))) expect(order, id).toEqual(expected[id]);
      expect(expected["LEASE-001/ticket-of-the-host"]?.["0"]?.length).toBeGreaterThan(4);
    });
  }
});

test("another seed shows the subject other names", { timeout: 60_000 }, async () => {
  const only = ["--only", "LEASE-001", "--driver", "in-process"];
  const [one, two] = await Promise.all([judged("one", only, asModule), judged("two", only, asModule)]);
  expect(orders(one)).not.toEqual(orders(two));
});

describe("in this process", () => {
  const seeds = ["", "0", "ünïcode ☃", "--x", ...Array.from({ length: 16 }, (_, index) => `seed ${index}`)];

  test.each(seeds)("the exemplar holds under the seed '%s'", async (seed) => {
    const options = { seed, jobs: 2, suiteVersion: "0.0.0", acceptHostLimits: true };
    const result = await judgeContract(specimenSuite, new InProcessDriver(exemplar), options);
    expect(result.rows.filter(({ status }) => !["PASS", "N/A", "NOT_RUN"].includes(status))).toEqual([]);
    expect(result.verdict).toBe("conformant");
  });
});
