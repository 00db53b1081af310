import { CodedError, VirtualClock } from "@flynn/sdk/kernel";
import type { ScanRequest, ScanResult, SkillScanner } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { MemoryFileSystem } from "../../../test/memory-file-system.ts";
import { GOOD_SKILL_FILE, temporarySkill } from "../../../test/temporary-skill.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { loadSkill } from "./load-skill.ts";
import type { LoadOptions } from "./load-skill.ts";
import type { LoadedSkill, SkillOutcome } from "./skill-outcome.ts";

const clock = new VirtualClock();
const scanner = new ReferenceSkillScanner({ clock });

async function loaded(folder: string, options: Partial<LoadOptions> = {}): Promise<LoadedSkill> {
  const outcome = await loadSkill(folder, { scanner, ...options });
  if (outcome.kind === "refused") throw new Error(outcome.message);
  return outcome;
}

describe("a clean skill", () => {
  const SKILL = "---\nname: weather\ndescription: >\n  Says how the weather\n  will be.\n---\n\n# Weather\n---\nrest\n";

  test("is loaded with what its files say", async () => {
    using skill = temporarySkill({ "SKILL.md": SKILL, "manifest.json": '{"permissions":["net"]}', "docs/a.md": "a" });
    const { readFile, ...rest } = await loaded(skill.root);
    expect(rest).toEqual({
      kind: "loaded",
      folder: skill.root,
      name: "weather",
      description: "Says how the weather will be.",
      body: "\n# Weather\n---\nrest\n",
      manifest: { permissions: ["net"] },
      digest: (await scanner.scan({ root: skill.root, phase: "load" })).treeDigest,
      warnings: [],
    });
    expect((await readFile("docs/a.md")).toString()).toBe("a");
  });

  test("need not have a body or a manifest", async () => {
    using skill = temporarySkill({ "SKILL.md": "\uFEFF---\r\nname: a\r\ndescription: b\r\n---" });
    expect(await loaded(skill.root)).toMatchObject({ name: "a", body: "", manifest: undefined });
  });

  test("is scanned for its load, under the name of its folder, with what the host says", async () => {
    using skill = temporarySkill();
    const requests: ScanRequest[] = [];
    const listening: SkillScanner = {
      scan: (request, options) => {
        requests.push(request);
        return scanner.scan(request, options);
      },
      rules: () => scanner.rules(),
    };
    await loaded(`${skill.root}/`, { scanner: listening, request: { limits: { files: 7 } } });
    expect(requests).toEqual([{ root: skill.root, phase: "load", skillName: "sample", limits: { files: 7 } }]);
  });

  test("with warnings is loaded, and the warnings are kept apart", async () => {
    using skill = temporarySkill({ "notes.md": Buffer.from([0x63, 0xe9]) });
    expect((await loaded(skill.root)).warnings.map(({ ruleId }) => ruleId)).toEqual(["ENC-INVALID"]);
  });

  test("gives only files that were scanned, and only while they are what was scanned", async () => {
    const fileSystem = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE, "a.md": "a" });
    const skill = await loaded("/skill", { scanner: new ReferenceSkillScanner({ clock, fileSystem }), fileSystem });
    fileSystem.write("/skill/new.md", "new");
    await expect(skill.readFile("new.md")).rejects.toMatchObject({ code: "NO_SUCH_FILE" });
    await expect(skill.readFile("../skill/a.md")).rejects.toMatchObject({ code: "NO_SUCH_FILE" });
    fileSystem.touch("/skill/a.md");
    expect((await skill.readFile("a.md")).toString()).toBe("a");
    fileSystem.write("/skill/a.md", "b");
    await expect(skill.readFile("a.md")).rejects.toMatchObject({ code: "CHANGED" });
    fileSystem.put("/skill/a.md", { kind: "link" });
    await expect(skill.readFile("a.md")).rejects.toMatchObject({ code: "CHANGED" });
    fileSystem.put("/skill/a.md", { kind: "special" });
    await expect(skill.readFile("a.md")).rejects.toMatchObject({ code: "CHANGED" });
    fileSystem.remove("/skill/a.md");
    await expect(skill.readFile("a.md")).rejects.toMatchObject({ code: "CHANGED" });
  });
});

describe("a skill is refused", () => {
  test.each([
    ["with a NUL byte", { "run.sh": "\0" }, "ENC-NUL at run.sh"],
    ["without front matter", { "SKILL.md": "# Sample\n" }, "FM-"],
    ["with a manifest that is no JSON", { "manifest.json": "{" }, "MAN-SYNTAX at manifest.json"],
  ])("%s, by rule and place", async (_, files, reason) => {
    using skill = temporarySkill(files);
    const outcome = await loadSkill(skill.root, { scanner });
    expect(outcome).toMatchObject({ kind: "refused", code: "REJECTED", folder: skill.root });
    expect(outcome.kind === "refused" && outcome.message).toContain(reason);
  });

  test("when it is not there", async () => {
    expect(await loadSkill("/nowhere", { scanner })).toMatchObject({
      kind: "refused",
      message: expect.stringContaining("FS-ROOT") as unknown,
    });
  });

  test("with a reason that says nothing that the skill says", async () => {
    using skill = temporarySkill({ "manifest.json": '{"permissions":["obey me"]}' });
    const outcome = await loadSkill(skill.root, { scanner, request: { intent: { routed: true, permissions: ["net"] } } });
    expect(outcome.kind === "refused" && outcome.message).not.toContain("obey");
  });

  test("when the scanner fails", async () => {
    const broken: SkillScanner = { scan: () => Promise.reject(new Error("out of luck")), rules: () => scanner.rules() };
    const outcome = await loadSkill("/skill", { scanner: broken });
    expect(outcome).toMatchObject({ kind: "refused", code: "NO_VERDICT", result: null });
    expect(outcome.kind === "refused" && outcome.message).not.toContain("luck");
  });

  test.each([
    ["no SKILL.md", { "a.md": "a" }],
    ["no name", { "SKILL.md": "---\ndescription: b\n---\n" }],
    ["an alias", { "SKILL.md": "---\nname: &a x\ndescription: *a\n---\n" }],
    ["a key twice", { "SKILL.md": "---\nname: x\nname: y\ndescription: z\n---\n" }],
    ["a list", { "SKILL.md": "---\n- name\n---\n" }],
    ["a manifest that is no JSON", { "SKILL.md": GOOD_SKILL_FILE, "manifest.json": "{" }],
  ])("when a scanner allows it although it has %s", async (_, files) => {
    const fileSystem = new MemoryFileSystem(files);
    const outcome = await loadSkill("/skill", { scanner: allowing(fileSystem), fileSystem });
    expect(outcome).toMatchObject({ kind: "refused", code: "MALFORMED" });
  });
});

/** A scanner that reads everything and allows everything. */
function allowing(fileSystem: MemoryFileSystem): SkillScanner {
  const reading = new ReferenceSkillScanner({ clock, fileSystem });
  const scan = async (request: ScanRequest): Promise<ScanResult> => {
    const result = await reading.scan(request);
    return { ...result, verdict: "allow", findings: [] };
  };
  return { scan, rules: () => reading.rules() };
}

describe("a skill that is swapped between the scan and the load", () => {
  /** Acts once the scan of a file is over, when the loader has not opened it yet. */
  async function swapped(path: string, act: (fileSystem: MemoryFileSystem) => void): Promise<SkillOutcome> {
    const fileSystem = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE, "manifest.json": "{}" });
    const reading = new ReferenceSkillScanner({ clock, fileSystem });
    const swapping: SkillScanner = {
      scan: async (request) => {
        const result = await reading.scan(request);
        expect(result.verdict).toBe("allow");
        act(fileSystem);
        return result;
      },
      rules: () => reading.rules(),
    };
    const outcome = await loadSkill("/skill", { scanner: swapping, fileSystem });
    expect(fileSystem.openNow.size).toBe(0);
    expect(path).not.toBe("");
    return outcome;
  }

  const other = GOOD_SKILL_FILE.replace("sample", "simple");
  test.each([
    ["for other bytes of the same size", "SKILL.md", (files: MemoryFileSystem) => files.write("/skill/SKILL.md", other)],
    ["for more bytes", "SKILL.md", (files: MemoryFileSystem) => files.write("/skill/SKILL.md", `${GOOD_SKILL_FILE}x`)],
    ["for a link", "SKILL.md", (files: MemoryFileSystem) => files.put("/skill/SKILL.md", { kind: "link" })],
    ["for a FIFO", "SKILL.md", (files: MemoryFileSystem) => files.put("/skill/SKILL.md", { kind: "special" })],
    ["for a folder", "SKILL.md", (files: MemoryFileSystem) => void (files.remove("/skill/SKILL.md"), files.makeFolder("/skill/SKILL.md"))],
    ["for nothing", "SKILL.md", (files: MemoryFileSystem) => files.remove("/skill/SKILL.md")],
    ["for another manifest", "manifest.json", (files: MemoryFileSystem) => files.write("/skill/manifest.json", "[]")],
    ["for no manifest", "manifest.json", (files: MemoryFileSystem) => files.remove("/skill/manifest.json")],
  ])("%s is refused", async (_, path, act) => {
    expect(await swapped(path, act)).toMatchObject({ kind: "refused", code: "CHANGED" });
  });

  test("while it is read is refused", async () => {
    const fileSystem = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE });
    let opened = 0;
    fileSystem.hooks.open = () => {
      opened += 1;
      if (opened === 2) fileSystem.write("/skill/SKILL.md", other);
    };
    const outcome = await loadSkill("/skill", { scanner: new ReferenceSkillScanner({ clock, fileSystem }), fileSystem });
    expect([opened, outcome]).toMatchObject([2, { code: "CHANGED" }]);
  });

  test("for the same bytes is loaded", async () => {
    expect(await swapped("SKILL.md", (files) => files.write("/skill/SKILL.md", GOOD_SKILL_FILE))).toMatchObject({ kind: "loaded" });
  });
});

describe("loading fails", () => {
  test("with ABORTED when it is aborted", async () => {
    using skill = temporarySkill();
    const failure = await loadSkill(skill.root, { scanner, signal: AbortSignal.abort() }).catch((error: unknown) => error);
    expect(CodedError.is(failure) && failure.code).toBe("ABORTED");
  });

  test("with INVALID_REQUEST for a request that makes no sense", async () => {
    const request = { limits: { files: 0 } };
    await expect(loadSkill("/skill", { scanner, request })).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  });
});
