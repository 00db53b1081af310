import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";

import { generatedFiles } from "./generated-files.ts";
import { wireExample } from "./wire-example.ts";

const root = resolve(import.meta.dirname, "../..");
const files = await generatedFiles(root);

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/u;

/** A validator that shares nothing with the code that wrote the schemas. */
function validatorOf(file: string): (name: string, value: unknown) => boolean {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allowUnionTypes: true,
    keywords: ["x-flynn"],
    formats: { date: DAY, "date-time": INSTANT },
  });
  ajv.addSchema(JSON.parse(files.get(file) ?? "null") as object, "schema");
  return (name, value) => {
    const validate = ajv.getSchema(`schema#/$defs/${name}`);
    if (!validate) throw new Error(`${file} has no ${name}`);
    return validate(value) as boolean;
  };
}

test("every schema file is valid JSON Schema and has no reference to nowhere", () => {
  for (const [file, text] of files) {
    if (!file.endsWith(".json")) continue;
    const schema = JSON.parse(text) as { readonly $defs: Readonly<Record<string, unknown>> };
    const validate = validatorOf(file);
    expect(Object.keys(schema.$defs).length, file).toBeGreaterThan(0);
    for (const name of Object.keys(schema.$defs)) expect(() => validate(name, null), `${file} ${name}`).not.toThrow();
    expect(text, file).not.toContain("__schema");
  }
});

test("the schemas are the same on every run", async () => {
  expect([...(await generatedFiles(root))]).toEqual([...files]);
});

test("each line of the example is a line of its own direction, but for the one whose method does not exist", () => {
  const validate = validatorOf("sdk/schemas/wire.json");
  const refused = wireExample.filter(({ from, frame }) => !validate(from === "host" ? "HostLine" : "SubjectLine", frame));
  expect(refused.map(({ frame }) => "method" in frame && frame.method)).toEqual(["frobnicate"]);
});

test("a request of the other side is not a line of this one", () => {
  const validate = validatorOf("sdk/schemas/wire.json");
  const requests = wireExample.filter(({ frame }) => "method" in frame && frame.method !== "secret.reveal");
  for (const { from, frame } of requests) {
    expect(validate(from === "host" ? "SubjectLine" : "HostLine", frame), JSON.stringify(frame)).toBe(false);
  }
});

const clean = {
  schema: "skill-scan/1",
  verdict: "allow",
  complete: true,
  treeDigest: "0".repeat(64),
  scanner: { name: "demo", version: "1.0.0", rulesVersion: "1" },
  inventory: [{ path: "SKILL.md", kind: "file", bytes: 3, sha256: "a".repeat(64), disposition: "read" }],
  findings: [],
  suppressed: [],
};

test("a scan result is accepted, and refused once a member is wrong, missing or unknown", () => {
  const validate = validatorOf("sdk/schemas/skill-scanner.json");
  expect(validate("ScanResult", clean)).toBe(true);
  const { suppressed: _left, ...incomplete } = clean;
  const broken = [
    incomplete,
    { ...clean, verdict: "ok" },
    { ...clean, note: "unknown" },
    { ...clean, treeDigest: "0".repeat(63) },
    { ...clean, inventory: [{ ...clean.inventory[0], bytes: -1 }] },
  ];
  for (const value of broken) expect(validate("ScanResult", value), JSON.stringify(value)).toBe(false);
});

test("arguments are exactly as many as the method takes", () => {
  const validate = validatorOf("sdk/schemas/skill-scanner.json");
  const request = { root: "/skill", phase: "load", limits: { files: 1 } };
  expect([[request], [], [request, {}], [{ ...request, limits: { files: 0 } }]].map((args) => validate("ScanArguments", args))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([[], [{}]].map((args) => validate("RulesArguments", args))).toEqual([true, false]);
});

test("members carry what their doc comments say", () => {
  const schema = JSON.parse(files.get("sdk/schemas/skill-scanner.json") ?? "null") as {
    readonly $defs: { readonly Limits: { readonly properties: { readonly depth: { readonly description: string } } } };
  };
  const source = readFileSync(join(root, "sdk/src/skill-scanner/schema.ts"), "utf8");
  expect(source).toContain(schema.$defs.Limits.properties.depth.description);
});
