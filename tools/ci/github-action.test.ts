import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { reportSchema } from "@flynn/conformance/report";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";

import { readAction, runAction } from "./composite-action.ts";
import type { ActionRun } from "./composite-action.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = join(root, "examples/github-action");
const text = readFileSync(join(folder, "action.yml"), "utf8");
const action = readAction(join(folder, "action.yml"));
const scripts = action.runs.steps.flatMap((step) => ("run" in step ? [step] : []));

const PINNED = /^(\.\/|[\w.-]+\/[\w./-]+@[0-9a-f]{40}$)/u;

const workflowSchema = z.looseObject({
  permissions: z.record(z.string(), z.string()),
  jobs: z.record(
    z.string(),
    z.looseObject({
      steps: z.array(
        z.looseObject({ uses: z.string().optional(), run: z.string().optional(), with: z.record(z.string(), z.unknown()).optional() }),
      ),
    }),
  ),
});

describe("what action.yml says", () => {
  const named = (kind: string): string[] =>
    Array.from(text.matchAll(new RegExp(`\\$\\{\\{\\s*${kind}\\.([\\w.-]+)\\s*\\}\\}`, "gu")), ([, name]) => name ?? "");

  test("every input that is used is declared, and the other way round", () => {
    expect([...new Set(named("inputs"))].toSorted()).toEqual(Object.keys(action.inputs).toSorted());
  });

  test("every output is one that a script sets", () => {
    expect(named("steps").toSorted()).toEqual(
      Object.keys(action.outputs)
        .map((name) => `judge.outputs.${name}`)
        .toSorted(),
    );
  });

  test("nothing is pasted into a script", () => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(scripts.filter(({ run }) => run.includes("${{"))).toEqual([]);
  });

  test("a script reads only what it is given, and all of that", () => {
    for (const { run, env } of scripts) {
      const read = new Set(Array.from(run.matchAll(/\bFLYNN_[A-Z_]+/gu), ([name]) => name));
      expect([...read].toSorted()).toEqual(Object.keys(env).toSorted());
    }
  });

  test("the README has a row for each input and each output", () => {
    const rows = Array.from(readFileSync(join(folder, "README.md"), "utf8").matchAll(/^\| `([\w-]+)` \|/gmu), ([, name]) => name);
    expect(rows).toEqual([...Object.keys(action.inputs), ...Object.keys(action.outputs)]);
  });
});

describe("what the example workflow says", () => {
  const workflow = workflowSchema.parse(parse(readFileSync(join(folder, "conformance.yml"), "utf8")));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test("every action in it is pinned to a commit, and no script has an expression in it", () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((uses) => !PINNED.test(uses))).toEqual([]);
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    expect(workflow.permissions).toEqual({ contents: "read" });
  });

  test("it gives the action inputs that it has", () => {
    const given = steps.filter(({ uses }) => uses?.startsWith("./")).flatMap((step) => Object.keys(step.with ?? {}));
    expect(given.length).toBeGreaterThan(0);
    expect(given.filter((name) => !(name in action.inputs))).toEqual([]);
  });
});

describe("what the action does", { timeout: 120_000 }, () => {
  let scratch = "";

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), "flynn-action-"));
    mkdirSync(join(scratch, "project with spaces"));
    mkdirSync(join(scratch, "bin"));
    program("flynn-conformance", `exec node --conditions=@flynn/source "${root}/conformance/bin/flynn-conformance.ts" "$@"`);
    program("npx", `printf '%s\\n' "$@" >"${scratch}/npx"; while [ "$1" != -- ]; do shift; done; shift; exec "$@"`);
  });

  afterEach(() => rmSync(scratch, { recursive: true }));

  function program(name: string, body: string): void {
    writeFileSync(join(scratch, "bin", name), `#!/usr/bin/env bash\n${body}\n`, { mode: 0o755 });
  }

  function run(inputs: Readonly<Record<string, string>>): ActionRun {
    const environment = { ...process.env, PATH: `${join(scratch, "bin")}:${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
    return runAction(action, inputs, { cwd: join(scratch, "project with spaces"), environment, scratch: join(scratch, "github") });
  }

  const report = (name: string): string => readFileSync(join(scratch, "project with spaces/flynn-report", name), "utf8");
  const asked = (): string[] => readFileSync(join(scratch, "npx"), "utf8").split("\n");

  test("a subject that holds: exit code 0, its reports, its summary and its outputs", () => {
    const { status, outputs, summary, log } = run({
      contract: "specimen",
      subject: join(root, "conformance/specimen/exemplar.ts"),
      "accept-host-limits": "true",
    });
    expect({ status, outputs }, log).toEqual({ status: 0, outputs: { verdict: "conformant", "exit-code": "0" } });
    expect(reportSchema.parse(JSON.parse(report("report.json"))).runs.map(({ verdict }) => verdict)).toEqual(["conformant"]);
    expect(summary).toBe(report("report.md"));
    expect(summary).toMatch(/specimen@1.*conformant/u);
    expect(report("report.xml")).toContain("<testsuites");
    expect(report("report.html")).toContain("<!doctype html>");
    expect(asked().slice(0, 3)).toEqual(["--no", "--", "flynn-conformance"]);
  });

  test("a subject that does not: its exit code, and the row that does not hold in the summary", () => {
    const { status, outputs, summary } = run({
      contract: "specimen",
      subject: join(root, "conformance/test/subjects/banner-at-import.ts"),
    });
    expect({ status, outputs }).toEqual({ status: 1, outputs: { verdict: "not-conformant", "exit-code": "1" } });
    expect(summary).toContain("WIRE-002");
  });

  test("a command is split at white space, and no shell sees it", () => {
    program("speaks", `[ "$1" = '$(exit' ] && exec flynn-conformance host "${root}/conformance/specimen/exemplar.ts"`);
    const { status, log } = run({ contract: "specimen", command: "speaks\n  $(exit 9)", "accept-host-limits": "true" });
    expect(status, log).toBe(0);
  });

  test("a subject that cannot be judged: exit code 2 and no verdict, and no report of an earlier run is shown", () => {
    mkdirSync(join(scratch, "project with spaces/flynn-report"));
    writeFileSync(join(scratch, "project with spaces/flynn-report/report.md"), "conformant");
    const { status, outputs, summary } = run({ contract: "specimen", subject: "./nowhere.ts" });
    expect({ status, outputs, summary }).toEqual({ status: 2, outputs: { verdict: "no-verdict", "exit-code": "2" }, summary: "" });
  });

  test("a version is fetched, and a baseline is handed on", () => {
    program("flynn-conformance", "exit 3");
    const { status, outputs } = run({ version: "0.1.0-next.1", baseline: "known failures.json", "report-folder": "out" });
    expect({ status, outputs }).toEqual({ status: 3, outputs: { verdict: "no-verdict", "exit-code": "3" } });
    expect(asked()).toEqual(
      expect.arrayContaining([
        "--yes",
        "--package=@flynn/conformance@0.1.0-next.1",
        "--baseline",
        "known failures.json",
        "json=out/report.json",
      ]),
    );
  });

  test.each([
    [{ subject: "./a.ts", command: "b" }, "leave one out"],
    [{ version: "file:../x" }, "neither a version such as 0.1.0 nor a tag"],
    [{ "accept-host-limits": "yes" }, "neither true nor false"],
  ])("%o is refused before anything runs", (inputs, message) => {
    const { status, log, outputs } = run(inputs);
    expect({ status, outputs }).toEqual({ status: 2, outputs: { verdict: "no-verdict", "exit-code": "2" } });
    expect(log).toContain(`::error title=flynn-conformance::`);
    expect(log).toContain(message);
  });

  test("what is written in an input runs nothing", () => {
    run({ contract: "$(touch pwned)", subject: '"; touch pwned; "', "report-folder": "out" });
    expect(() => readFileSync(join(scratch, "project with spaces/pwned"))).toThrow("ENOENT");
  });
});
