import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import { CONFIGURATION_FILE, readConfiguration } from "./configuration.ts";
import { reportFiles, writeReport } from "./report-files.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flynn-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function configured(text: string): ReturnType<typeof readConfiguration> {
  writeFileSync(join(folder, CONFIGURATION_FILE), text);
  return readConfiguration(folder);
}

test("paths are relative to the file that names them", () => {
  const configuration = configured('{ "subjects": { "toy": "./toy.ts" }, "mutants": { "toy": ["mutants/a.ts"] } }');
  expect(configuration.subjects["toy"]).toBe(join(folder, "toy.ts"));
  expect(configuration.mutants["toy"]).toEqual([join(folder, "mutants/a.ts")]);
});

test("no file names nothing", () => {
  expect(readConfiguration(folder)).toEqual({ subjects: {}, mutants: {} });
});

test("a file that is not JSON, or has a member too many, is refused by its name", () => {
  expect(() => configured("{ subjects }")).toThrow(/conformance\.config\.json is not JSON/u);
  expect(() => configured('{ "subject": {} }')).toThrow(/conformance\.config\.json is not valid:[^]*subject/u);
  expect(() => configured('{ "subject": {}, "subjects": {} }')).toThrow(/^[^\n]+$/u);
});

test("a subject may be a command, which runs in the folder of the file", () => {
  const configuration = configured('{ "subjects": { "toy": { "command": ["python3", "toy.py"] } } }');
  expect(configuration.subjects["toy"]).toEqual({ command: ["python3", "toy.py"], folder });
});

test.each([
  ["1", "toy: it must be the path of a module, or a command such as"],
  ['""', "toy: it must be the path of a module, or a command such as"],
  ['{ "command": [] }', "toy.command: it needs at least the program to start"],
  ['{ "command": "python3 toy.py" }', "toy: it must be the path of a module, or a command such as"],
  ['{ "command": ["python3"], "folder": "." }', 'toy: Unrecognized key: "folder"'],
])("a subject of %s is refused in one line that says what it may be", (subject, says) => {
  const reading = (): void => void configured(`{ "subjects": { "toy": ${subject} } }`);
  expect(reading).toThrow(`conformance.config.json is not valid: subjects.${says}`);
  expect(reading).toThrow(/^[^\n]+$/u);
});

test("a report is kind=path, and a path may hold an equals sign", () => {
  const path = join(folder, "a=b.json");
  expect(reportFiles([`json=${path}`, "junit=-"], ["json", "junit"])).toEqual([
    { kind: "json", path },
    { kind: "junit", path: "-" },
  ]);
});

test("what cannot be written is found before the run", () => {
  const kinds = ["json", "junit"] as const;
  expect(() => reportFiles(["report.json"], kinds)).toThrow("--report report.json is not kind=path");
  expect(() => reportFiles(["html=report.html"], kinds)).toThrow("not kind=path");
  expect(() => reportFiles(["json="], kinds)).toThrow("not kind=path");
  expect(() => reportFiles([`json=${join(folder, "no", "report.json")}`], kinds)).toThrow(/The folder of the report .* does not exist/u);
  expect(() => reportFiles([`json=${folder}`], kinds)).toThrow("is a folder");
});

test("a report that cannot be written after all is a mistake of the command line and not of the suite", () => {
  const writing = (): void => writeReport(join(folder, "gone", "report.json"), "{}");
  expect(writing).toThrow(/The report .* could not be written: ENOENT/u);
});
