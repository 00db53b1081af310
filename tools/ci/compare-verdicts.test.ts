import { spawnSync } from "node:child_process";
import { mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

const row = (id: string, status: string): object => ({ id, status });

function report(...rows: readonly object[]): string {
  return JSON.stringify({ schema: "flynn-conformance-report/1", runs: [{ contract: "demo@1", rows }] });
}

function compare(...reports: readonly string[]): { readonly status: number | null; readonly output: string } {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-verdicts-"));
  const files = reports.map((text, index) => {
    const file = join(folder.path, `${index}.json`);
    writeFileSync(file, text);
    return file;
  });
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "compare-verdicts.ts"), ...files], {
    encoding: "utf8",
  });
  return { status, output: (stdout + stderr).replaceAll(`${folder.path}/`, "") };
}

const passed = report(row("DEMO-001", "PASS"), row("DEMO-002", "PASS"));

test("equal verdicts are no difference, in whatever order they stand", () => {
  const { status, output } = compare(passed, report(row("DEMO-002", "PASS"), row("DEMO-001", "PASS")));
  expect({ status, output }).toEqual({ status: 0, output: "2 requirements, 2 drivers, 0 differences\n" });
});

test("a verdict that differs in any report is named", () => {
  const { status, output } = compare(passed, passed, report(row("DEMO-001", "PASS"), row("DEMO-002", "NOT_RUN")));
  expect(status).toBe(1);
  expect(output).toContain("demo@1 DEMO-002: PASS in 0.json, NOT_RUN in 2.json");
});

test("a requirement that one report lacks is named", () => {
  const { status, output } = compare(report(row("DEMO-001", "PASS")), passed);
  expect(status).toBe(1);
  expect(output).toContain("demo@1 DEMO-002: absent in 0.json, PASS in 1.json");
});

test("reports without any requirement show nothing", () => {
  expect(compare(report(), report()).status).toBe(1);
});

test("one report cannot be compared", () => {
  expect(compare(passed).status).toBe(2);
});
