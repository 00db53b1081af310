import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

import { scanResultSchema } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { runCommand } from "../../test/command-line.ts";
import { MemoryFileSystem, systemError } from "../../test/memory-file-system.ts";
import { GOOD_SKILL_FILE, temporarySkill } from "../../test/temporary-skill.ts";
import { ruleCatalogue } from "../skills/index.ts";

function failsAt(path: string, code: string): (at: string) => void {
  return (at) => {
    if (at === path) throw systemError(code);
  };
}

describe("the exit status", () => {
  test("is 0 for skills that are allowed, with or without warnings", async () => {
    using clean = temporarySkill();
    using latin = temporarySkill({ "notes.md": Buffer.from([0x63, 0xe9]) });
    expect((await runCommand(["skills", "scan", clean.root])).status).toBe(0);
    expect(await runCommand(["skills", "scan", clean.root, latin.root])).toMatchObject({ status: 0, stderr: "" });
  });

  test("is 1 when any skill is rejected", async () => {
    using clean = temporarySkill();
    using bad = temporarySkill({ "run.sh": "\0" });
    expect((await runCommand(["skills", "scan", clean.root, bad.root])).status).toBe(1);
  });

  test("is 1 for a folder that is a link: it is not a missing folder", async () => {
    using skill = temporarySkill();
    symlinkSync("sample", join(skill.root, "..", "link"));
    expect((await runCommand(["skills", "scan", "link"], { cwd: dirname(skill.root) })).status).toBe(1);
  });

  test.each([
    ["no folder", []],
    ["an unknown option", ["--fast", "/x"]],
    ["two formats", ["--json", "--sarif", "/x"]],
    ["a routed skill without a vocabulary", ["--routed", "/x"]],
    ["an empty permission", ["--permissions", "a,,b", "/x"]],
    ["an unknown asset type", ["--assets", "exe", "/x"]],
  ])("is 2, with a reason on stderr and nothing on stdout, for %s", async (_, args) => {
    const { status, stdout, stderr } = await runCommand(["skills", "scan", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^error: .+/u);
    expect(stderr).toContain("--help");
  });

  test("is 2 for an unknown command and for none at all", async () => {
    expect((await runCommand(["skils"])).status).toBe(2);
    expect((await runCommand(["skills", "scna"])).status).toBe(2);
    expect((await runCommand([])).status).toBe(2);
    expect((await runCommand(["skills"])).status).toBe(2);
  });

  test("is 3 when a folder is missing or is a file, whatever else is scanned", async () => {
    using bad = temporarySkill({ "run.sh": "\0" });
    expect((await runCommand(["skills", "scan", bad.root, join(bad.root, "missing")])).status).toBe(3);
    expect((await runCommand(["skills", "scan", join(bad.root, "SKILL.md")])).status).toBe(3);
  });

  test.each([
    ["that may not be read", (fileSystem: MemoryFileSystem) => (fileSystem.hooks.open = failsAt("/skill/a.md", "EACCES"))],
    ["that vanishes", (fileSystem: MemoryFileSystem) => (fileSystem.hooks.open = failsAt("/skill/a.md", "ENOENT"))],
    ["that changes", (fileSystem: MemoryFileSystem) => (fileSystem.hooks.read = () => fileSystem.touch("/skill/a.md"))],
    ["that breaks the scanner", (fileSystem: MemoryFileSystem) => (fileSystem.hooks.close = failsAt("/skill/a.md", "no code"))],
  ])("is 3 for a file %s, and the report names it", async (_, prepare) => {
    const skillFiles = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE, "a.md": "a" });
    prepare(skillFiles);
    const { status, stdout } = await runCommand(["skills", "scan", "/skill"], { skillFiles });
    expect(status).toBe(3);
    expect(stdout).toMatch(/^reject {2}\/skill {2}\(not everything could be read\)\n {2}reject {2}a\.md/u);
  });

  test("is 1 for warnings too, with --fail-on warn", async () => {
    using latin = temporarySkill({ "notes.md": Buffer.from([0x63, 0xe9]) });
    using clean = temporarySkill();
    expect((await runCommand(["skills", "scan", "--fail-on", "warn", latin.root])).status).toBe(1);
    expect((await runCommand(["skills", "scan", "--fail-on", "warn", clean.root])).status).toBe(0);
    expect((await runCommand(["skills", "scan", "--fail-on", "reject", latin.root])).status).toBe(0);
    expect((await runCommand(["skills", "scan", "--fail-on", "note", clean.root])).status).toBe(2);
  });

  test.each([
    ["no SKILL.md", { "SKILL.md": null }, "FM-MISSING"],
    ["invalid front matter", { "SKILL.md": "---\nname: [\n---\n" }, "FM-"],
  ])("is 1 for %s", async (_, files, rule) => {
    using skill = temporarySkill();
    if (files["SKILL.md"] === null) rmSync(join(skill.root, "SKILL.md"));
    else writeFileSync(join(skill.root, "SKILL.md"), files["SKILL.md"]);
    const { status, stdout } = await runCommand(["skills", "scan", skill.root]);
    expect(status).toBe(1);
    expect(stdout).toContain(rule);
  });

  test("is 0 for help and version, which go to stdout", async () => {
    expect(await runCommand(["--version"])).toEqual({ status: 0, stdout: "0.1.0\n", stderr: "" });
    const help = await runCommand(["skills", "scan", "--help"]);
    expect(help.status).toBe(0);
    expect(help.stdout).toContain("Exit status:");
  });

  test("is 130 for a scan that is interrupted, which prints no verdict", async () => {
    using skill = temporarySkill();
    expect(await runCommand(["skills", "scan", skill.root], { interrupt: true })).toEqual({ status: 130, stdout: "", stderr: "" });
  });
});

describe("the text", () => {
  test("says verdict, rule, place, what was found and what to do", async () => {
    using skill = temporarySkill({ "manifest.json": '{\n  "permissions": ["everything"]\n}\n' });
    const args = ["skills", "scan", "--routed", "--permissions", "net, fs.read", basename(skill.root)];
    const { stdout, status } = await runCommand(args, { cwd: dirname(skill.root) });
    expect(stdout.split("\n")).toEqual([
      "reject  sample  (2 files, 95 bytes)",
      "  reject  manifest.json:2:19  MAN-PERMISSION-UNKNOWN",
      "          The host knows no such permission.  everything",
      "          Use the host's own spelling, exactly, or remove it.",
      "",
    ]);
    expect(status).toBe(1);
  });

  test("ends with a summary of several skills", async () => {
    using skill = temporarySkill();
    const { stdout } = await runCommand(["skills", "scan", skill.root, skill.root]);
    expect(stdout).toMatch(/\n2 skills: 2 allowed, 0 with warnings, 0 rejected\n$/u);
  });

  test("holds no control character, whatever the names", async () => {
    using skill = temporarySkill({ "manifest.json": '{"\\u001b[2J":1,"\\u001b[2J":2}' });
    writeFileSync(Buffer.concat([Buffer.from(`${skill.root}/`), Buffer.from([0x1b, 0x5b, 0x32, 0x4a, 0xff])]), "x");
    mkdirSync(join(skill.root, "\u202Efdp"));
    const { stdout } = await runCommand(["skills", "scan", skill.root, "/no\u001B[31mwhere"]);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u202E]/u);
  });

  test("has colours on a terminal only", async () => {
    using skill = temporarySkill();
    expect((await runCommand(["skills", "scan", skill.root])).stdout).not.toContain("\u001B");
    expect((await runCommand(["skills", "scan", skill.root], { isTTY: true })).stdout).toContain("\u001B[32mallow");
  });
});

describe("--json", () => {
  test("is one document with the folders as they were given and the results of the contract", async () => {
    using good = temporarySkill();
    const args = ["skills", "scan", "--json", "sample", "missing"];
    const { stdout, status } = await runCommand(args, { cwd: dirname(good.root) });
    const report = JSON.parse(stdout) as { schema: string; skills: { folder: string; result: unknown }[] };
    expect(report.schema).toBe("flynn-skills-scan/1");
    expect(report.skills.map(({ folder, result }) => [folder, scanResultSchema.parse(result).verdict])).toEqual([
      ["sample", "allow"],
      ["missing", "reject"],
    ]);
    expect(status).toBe(3);
  });
});

describe("--sarif", () => {
  interface SarifRun {
    readonly tool: { readonly driver: { readonly rules: { readonly id: string }[] } };
    readonly invocations: unknown[];
    readonly artifacts: { readonly location: { readonly uri: string }; readonly hashes: Record<string, string> }[];
    readonly results: {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly locations: {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region?: unknown };
      }[];
      readonly partialFingerprints: Record<string, string>;
    }[];
  }

  async function sarifOf(root: string, cwd: string): Promise<SarifRun> {
    const { stdout } = await runCommand(["skills", "scan", "--sarif", root], { cwd });
    const log = JSON.parse(stdout) as { version: string; runs: [SarifRun] };
    expect(log.version).toBe("2.1.0");
    return log.runs[0];
  }

  test("has every rule, each result with level, place and fingerprint, and the digest of each file", async () => {
    using skill = temporarySkill({ "a b.md": Buffer.from([0xe9]), "manifest.json": '{"a":1,"a":2,\n"a":3}', "run.sh": "\0" });
    const run = await sarifOf("sample", dirname(skill.root));
    expect(run.tool.driver.rules.map((rule) => rule.id)).toEqual(ruleCatalogue.map((rule) => rule.id));
    expect(run.results.map(({ ruleId, level, locations }) => [ruleId, level, locations[0]?.physicalLocation])).toEqual([
      ["ENC-INVALID", "warning", { artifactLocation: { uri: "sample/a%20b.md" } }],
      ["MAN-DUPLICATE", "error", { artifactLocation: { uri: "sample/manifest.json" }, region: { startLine: 1, startColumn: 8 } }],
      ["MAN-DUPLICATE", "error", { artifactLocation: { uri: "sample/manifest.json" }, region: { startLine: 2, startColumn: 1 } }],
      ["ENC-NUL", "error", { artifactLocation: { uri: "sample/run.sh" } }],
    ]);
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(new Set(run.results.map((result) => result.partialFingerprints["flynnFinding/v1"])).size).toBe(4);
    expect(run.artifacts.map(({ location, hashes }) => [location.uri, hashes["sha-256"]?.length])).toEqual(
      ["SKILL.md", "a%20b.md", "manifest.json", "run.sh"].map((name) => [`sample/${name}`, 64]),
    );
    expect(run.invocations).toEqual([{ executionSuccessful: true }]);
  });

  test("keeps a fingerprint when the text moves, and locates a skill outside of the working directory by a file URL", async () => {
    using first = temporarySkill({ "manifest.json": '{"a":1,"a":2}' });
    using second = temporarySkill({ "manifest.json": '\n\n{"a":1,  "a":2}' });
    const fingerprints = [await sarifOf("sample", dirname(first.root)), await sarifOf("sample", dirname(second.root))].map(
      (run) => run.results[0]?.partialFingerprints,
    );
    expect(fingerprints[1]).toEqual(fingerprints[0]);
    const run = await sarifOf(first.root, second.root);
    expect(run.artifacts[0]?.location.uri).toMatch(/^file:\/\/\/.+\/sample\/SKILL\.md$/u);
  });

  test("has a location for a name that is not UTF-8, and says when a scan was not complete", async () => {
    using skill = temporarySkill();
    writeFileSync(Buffer.concat([Buffer.from(`${skill.root}/`), Buffer.from([0x61, 0xff])]), "x");
    const run = await sarifOf("sample", dirname(skill.root));
    expect(run.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("sample/a%FF");
    const missing = await sarifOf("nowhere", skill.root);
    expect(missing.invocations).toEqual([{ executionSuccessful: false }]);
    expect(missing.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("nowhere");
  });
});
