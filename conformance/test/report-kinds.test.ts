import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { REPORT_KINDS } from "../src/report/report-kind.ts";
import { formats } from "../src/registry/formats.ts";
import { EXEMPLAR, inFolder, runCli, subjectPath } from "./run-cli.ts";

/** What the canary of a case looks like, whichever case and seed. */
const PLANTED = /fk[0-9a-f]{40}/u;

const allReports = REPORT_KINDS.flatMap((kind) => ["--report", `${kind}=report.${kind}`]);
const read = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

function matches(file: string, text: string): unknown {
  const format = formats.find((known) => known.file === file);
  if (!format) throw new Error(`There is no format ${file}`);
  return format.schema.parse(JSON.parse(text));
}

describe.concurrent("reports", { timeout: 120_000 }, () => {
  test.each(["leaks-in-result", "leaks-in-log", "leaks-on-stderr", "leaks-in-error-cause"])(
    "of %s tell of the leak and not the secret",
    (name) =>
      inFolder(async (folder) => {
        // In a process of its own: what a subject in this one writes to stderr, it writes to ours.
        const ran = await runCli(["specimen", subjectPath(name), "--trace", ...allReports], folder);
        expect(ran.exitCode).toBe(1);
        const texts = [ran.stdout, ran.stderr, ...REPORT_KINDS.map((kind) => read(folder, `report.${kind}`))];
        expect(texts.filter((text) => PLANTED.test(text))).toEqual([]);
        for (const kind of ["json", "html", "markdown", "junit"]) expect(read(folder, `report.${kind}`)).toContain("WIRE-008");
      }),
  );

  test("match their published schemas, and a badge says no more than the run has shown", () =>
    inFolder(async (folder) => {
      const whole = await runCli(["specimen", EXEMPLAR, "--driver", "in-process", ...allReports], folder);
      expect(whole.exitCode).toBe(0);
      matches("report.v1.json", read(folder, "report.json"));
      const day = new Date().toISOString().slice(0, 10);
      expect(matches("badge.v1.json", read(folder, "report.badge"))).toEqual({
        schemaVersion: 1,
        label: "specimen@1",
        message: `conformant · core + renew · ${day}`,
        color: "brightgreen",
      });
      expect(read(folder, "report.badge")).not.toContain("%");

      await runCli(["specimen", EXEMPLAR, "--driver", "in-process", "--only", "LEASE-001", "--report", "badge=some.json"], folder);
      expect(JSON.parse(read(folder, "some.json"))).toMatchObject({ message: `no claim · core + renew · ${day}`, color: "lightgrey" });

      await runCli(["specimen", subjectPath("hides-renew"), "--driver", "in-process", "--report", "badge=red.json"], folder);
      expect(JSON.parse(read(folder, "red.json"))).toMatchObject({ message: `not conformant · core · ${day}`, color: "red" });
    }));

  test("tell a capability that is hidden from one that is claimed and not there", () =>
    inFolder(async (folder) => {
      const judged = async (name: string): Promise<unknown> => {
        const { stdout } = await runCli(["specimen", subjectPath(name), "--driver", "in-process", "--report", `json=${name}.json`], folder);
        const { runs } = JSON.parse(read(folder, `${name}.json`)) as {
          readonly runs: readonly { readonly capabilities: readonly unknown[] }[];
        };
        return { lines: stdout.split("\n").filter((line) => line.startsWith("capability ")), capability: runs[0]?.capabilities[0] };
      };
      expect(await judged("hides-renew")).toEqual({
        lines: ["capability renew: under-claims: not declared, and it works (LEASE-014); declare it, or refuse it"],
        capability: { flag: "renew", declared: false, observed: "works", judgement: "under-claims", rows: ["LEASE-014"] },
      });
      expect(await judged("claims-renew")).toMatchObject({ capability: { declared: true, judgement: "over-claims" } });
      expect(await judged("cannot-renew")).toMatchObject({ capability: { declared: false, judgement: "absent" } });
    }));

  test("can be compared and followed, and what is compared is written in its own format", () =>
    inFolder(async (folder) => {
      const write = (subject: string, name: string): ReturnType<typeof runCli> =>
        runCli(["specimen", subject, "--driver", "in-process", "--seed", "1", "--report", `json=${name}`], folder);
      await write(EXEMPLAR, "a.json");
      await write(subjectPath("claims-renew"), "b.json");
      const worse = await runCli(["diff", "a.json", "b.json", "--report", "json=diff.txt", "--report", "markdown=diff.md"], folder);
      expect(worse.stdout).toContain("specimen@1 · specimen-exemplar 1.0.0: conformant -> not-conformant\n  worse: LEASE-013 PASS -> FAIL");
      expect(worse.exitCode).toBe(1);
      matches("diff.v1.json", read(folder, "diff.txt"));
      expect((await runCli(["diff", "b.json", "a.json"], folder)).exitCode).toBe(0);

      const trend = await runCli(["trend", ".", "--report", "json=trend.txt"], folder);
      expect(trend.stdout).toMatch(/conformant +23\/23 MUST.*\n.*not-conformant +22\/23 MUST.*worse: LEASE-013/u);
      matches("trend.v1.json", read(folder, "trend.txt"));
      expect(readdirSync(folder).toSorted()).toEqual(["a.json", "b.json", "diff.md", "diff.txt", "trend.txt"]);
    }));

  test("of faults around a subject say what was caught", () =>
    inFolder(async (folder) => {
      const flags = [
        "--only",
        "asks-accept-twice",
        "--only",
        "does-held-twice",
        "--report",
        "json=sensitivity.json",
        "--report",
        "markdown=s.md",
      ];
      const ran = await runCli(["mutate", "specimen", EXEMPLAR, "--driver", "in-process", ...flags], folder);
      expect(ran.stdout).toMatch(/caught +asks the host for `accept` twice, and goes by the first answer: LEASE-001/u);
      expect(ran.stdout).toContain("2 faults: 1 caught, 1 survived");
      expect(ran.exitCode).toBe(0);
      expect(matches("sensitivity.v1.json", read(folder, "sensitivity.json"))).toMatchObject({
        contract: "specimen@1",
        verdict: "conformant",
      });
      expect(read(folder, "s.md")).toContain("| asks the host for `accept` twice, and goes by the first answer | caught | LEASE-001 |");
    }));
});
