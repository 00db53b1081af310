import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { EXEMPLAR, inFolder, runCli, subjectPath } from "./run-cli.ts";

const ACCEPTED = ["--reason", "it has no renewal yet", "--issue", "#12", "--until", "9999-12-31"];
const run = (folder: string, subject: string, ...flags: readonly string[]): ReturnType<typeof runCli> =>
  runCli(["specimen", subject, "--driver", "in-process", ...flags], folder);

describe.concurrent("a baseline", { timeout: 60_000 }, () => {
  test("accepts what it was written for, says that it is not conformant, and fails once something is mended", () =>
    inFolder(async (folder) => {
      const written = await run(folder, subjectPath("claims-renew"), "--update-baseline", ...ACCEPTED, "--seed", "one");
      expect(written.stdout).toContain("baseline conformance.baseline.json: 1 known failure (LEASE-013), nothing new");
      expect(written.exitCode).toBe(0);
      const file = join(folder, "conformance.baseline.json");
      expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ seed: "one", entries: [{ id: "LEASE-013", issue: "#12" }] });

      const flags = ["--baseline", "conformance.baseline.json"];
      const reports = ["json=report.json", "junit=report.xml", "markdown=report.md", "html=report.html"].flatMap((report) => [
        "--report",
        report,
      ]);
      const again = await run(folder, subjectPath("claims-renew"), ...flags, ...reports);
      expect(again.stdout).toContain("not conformant to specimen@1");
      expect(again.stdout).toContain("accepted, and not conformant all the same");
      expect(again.stdout).toContain("seed one");
      expect(again.exitCode).toBe(0);
      expect(JSON.parse(readFileSync(join(folder, "report.json"), "utf8"))).toMatchObject({
        exitCode: 0,
        runs: [{ verdict: "not-conformant" }],
        baseline: { path: "conformance.baseline.json", excused: [{ case: "LEASE-013/from-now" }], problems: [] },
      });

      const xml = readFileSync(join(folder, "report.xml"), "utf8");
      expect(xml).toContain('failures="0" errors="0"');
      expect(xml).toContain('<skipped message="FAIL LEASE-013, accepted by the baseline"/>');
      for (const name of ["report.md", "report.html"])
        expect(readFileSync(join(folder, name), "utf8")).toContain("accepted, and not conformant all the same");

      const otherSeed = await run(folder, subjectPath("claims-renew"), ...flags, "--seed", "two");
      expect(otherSeed.exitCode).toBe(0);

      const mended = await run(folder, EXEMPLAR, ...flags, "--report", "junit=mended.xml");
      expect(readFileSync(join(folder, "mended.xml"), "utf8")).toContain(
        '<testsuite name="baseline conformance.baseline.json" tests="1" failures="1"',
      );
      expect(mended.stdout).toContain("passing   LEASE-013/from-now: It holds now. Take the entry out.");
      expect(mended.exitCode).toBe(1);

      const emptied = await run(folder, EXEMPLAR, "--update-baseline");
      expect(emptied.stdout).toContain("no known failure, nothing new");
      expect(emptied.exitCode).toBe(0);
    }));

  test("is not written by a run that nobody explained, and the run is shown all the same", () =>
    inFolder(async (folder) => {
      const ran = await run(folder, subjectPath("claims-renew"), "--update-baseline");
      expect(ran.stdout).toContain("FAIL LEASE-013");
      expect(ran.stderr).toContain(
        "error: The baseline conformance.baseline.json was not updated: nobody said why LEASE-013/from-now may fail",
      );
      expect(ran.stderr).toMatch(/^next: .*--reason/mu);
      expect(ran.exitCode).toBe(2);
      expect((await run(folder, EXEMPLAR, "--baseline", "conformance.baseline.json")).stderr).toContain("cannot be read: ENOENT");
    }));

  test("knows what broke the wire in several places as one failure of each kind", () =>
    inFolder(async (folder) => {
      expect((await run(folder, subjectPath("leaks-in-log"), "--update-baseline", ...ACCEPTED)).exitCode).toBe(0);
      const again = await run(folder, subjectPath("leaks-in-log"), "--baseline", "conformance.baseline.json", "--seed", "other");
      expect([again.exitCode, again.stderr]).toEqual([0, ""]);
      const elsewhere = await run(folder, subjectPath("leaks-in-error-cause"), "--baseline", "conformance.baseline.json");
      expect(elsewhere.stdout).toContain("changed   WIRE-008/secret-leaked");
      expect(elsewhere.exitCode).toBe(1);
    }));

  const entry = { contract: "specimen@1", id: "LEASE-013", case: "LEASE-013/from-now", fingerprint: "x", reason: "r", issue: "i" };
  const mistakes: Readonly<Record<string, readonly [string, readonly string[], string]>> = {
    "a baseline that is not JSON": ["{", [], "The baseline b.json is not JSON"],
    "one of another version": ['{"schema":"flynn-conformance-baseline/2"}', [], "it says it is flynn-conformance-baseline/2, not"],
    "a report in its place": ['{"schema":"flynn-conformance-report/1"}', [], "b.json is no baseline that this suite can read"],
    "something else in its place": ["[]", [], "it does not say what it is"],
    "an entry without a day": [
      JSON.stringify({ schema: "flynn-conformance-baseline/1", seed: "s", entries: [entry] }),
      [],
      "b.json is not a valid baseline at entries.0.until",
    ],
    "an entry without a reason": [
      JSON.stringify({ schema: "flynn-conformance-baseline/1", seed: "s", entries: [{ ...entry, until: "2027-01-31", reason: " " }] }),
      [],
      "b.json is not a valid baseline at entries.0.reason",
    ],
    "two entries for one case": [
      JSON.stringify({
        schema: "flynn-conformance-baseline/1",
        seed: "s",
        entries: [
          { ...entry, until: "2027-01-31" },
          { ...entry, until: "2027-02-28" },
        ],
      }),
      [],
      "b.json has two entries for specimen@1 LEASE-013/from-now",
    ],
    "an update of some rows": ["", ["--update-baseline", "--only", "LEASE-001"], "would forget what was not run"],
    "an acceptance without an update": ["", ACCEPTED, "--reason, --issue and --until belong to --update-baseline"],
    "half an acceptance": ["", ["--update-baseline", "--reason", "x"], "needs a reason, an issue and a day"],
    "a day that does not exist": ["", ["--update-baseline", ...ACCEPTED.slice(0, 5), "2027-02-31"], "needs a reason, an issue and a day"],
    "a day that is over": ["", ["--update-baseline", ...ACCEPTED.slice(0, 5), "2020-01-31"], "--until 2020-01-31 is over already"],
  };

  test.each(Object.entries(mistakes))("%s is one clear line and exit 2", (_title, [text, flags, says]) =>
    inFolder(async (folder) => {
      if (text !== "") writeFileSync(join(folder, "b.json"), text);
      const ran = await run(folder, EXEMPLAR, ...(flags.length > 0 ? flags : ["--baseline", "b.json"]));
      expect(ran.stderr).toContain(says);
      expect(
        ran.stderr
          .trimEnd()
          .split("\n")
          .filter((line) => line.startsWith("error: ")),
      ).toHaveLength(1);
      expect(ran.stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
      expect(ran.stdout).toBe("");
      expect(ran.exitCode).toBe(2);
    }),
  );
});
