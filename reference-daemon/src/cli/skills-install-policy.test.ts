import { describe, expect, test } from "vitest";

import { runCommand } from "../../test/command-line.ts";
import { temporaryFolder } from "../../test/executor-folder.ts";
import { MemoryFileSystem } from "../../test/memory-file-system.ts";
import { GOOD_SKILL_FILE, temporarySkill } from "../../test/temporary-skill.ts";

/** As OpenClaw 2026.9.6 sends it. */
function request(sourcePath: string, changes: object = {}): string {
  return JSON.stringify({
    protocolVersion: 1,
    openclawVersion: "2026.9.6",
    targetType: "skill",
    targetName: "sample",
    sourcePath,
    sourcePathKind: "directory",
    source: { kind: "clawhub", authority: "openclaw", mutable: false, network: true },
    origin: { type: "clawhub", slug: "sample" },
    request: { kind: "skill-install", mode: "install", requestedSpecifier: "clawhub:sample@1.0.0" },
    skill: { installId: "clawhub" },
    ...changes,
  });
}

async function answer(input: string, words: readonly string[] = []): Promise<{ status: number; stdout: string; stderr: string }> {
  return await runCommand(["skills", "install-policy", ...words], { input: [input] });
}

describe("the answer", () => {
  test("allows a clean skill", async () => {
    using skill = temporarySkill();
    const { status, stdout, stderr } = await answer(request(skill.root));
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ protocolVersion: 1, decision: "allow" });
  });

  test("warns of a skill with warnings", async () => {
    using skill = temporarySkill({ "notes.md": Buffer.from([0x63, 0xe9]) });
    const { status, stdout } = await answer(request(skill.root));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ decision: "warn", findings: [{ ruleId: "ENC-INVALID", file: "notes.md" }] });
  });

  test("blocks a skill that is rejected, with 0, in ASCII", async () => {
    using skill = temporarySkill({ "日/run.sh": "\0" });
    const { status, stdout } = await answer(request(skill.root));
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      decision: "block",
      findings: [{ ruleId: "ENC-NUL", file: "日/run.sh", severity: "critical" }],
    });
    expect(stdout).toMatch(/^[ -~\n]+$/u);
  });

  test.each([
    ["a folder that is not there", request("/nowhere")],
    ["an archive", request("/nowhere/skill.zip", { sourcePathKind: "file" })],
    ["a plugin", request("/nowhere", { targetType: "plugin" })],
  ])("blocks %s, with a reason", async (_, input) => {
    const { status, stdout } = await answer(input);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ protocolVersion: 1, decision: "block", reason: expect.stringMatching(/.{20}/u) as unknown });
  });

  test("follows the operator's policy", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill({ "notes.md": Buffer.from([0x63, 0xe9]) });
    const policy = folder.write("policy.json", '{"schema":"flynn-skill-policy/1","actions":{"ENC-INVALID":"reject"}}', 0o600);
    const { stdout } = await answer(request(skill.root), ["--policy", policy]);
    expect(JSON.parse(stdout)).toMatchObject({ decision: "block" });
  });

  test("blocks what cannot be read", async () => {
    const skillFiles = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE });
    skillFiles.hooks.read = () => skillFiles.touch("/skill/SKILL.md");
    const { status, stdout } = await runCommand(["skills", "install-policy"], { input: [request("/skill")], skillFiles });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ decision: "block", reason: expect.stringContaining("FS-CHANGED") as unknown });
  });
});

describe("a request is no request, by 2 and in one line,", () => {
  test.each([
    ["when it is empty", "", "Line 2, column 1: A value is missing."],
    ["when it is no JSON", "{", "Line 2, column 1: A key in double quotes is missing."],
    [
      "when a key is there twice",
      '{"targetType":"plugin","targetType":"skill"}',
      'Line 1, column 24: The key "targetType" is there twice.',
    ],
    ["when it is no object", "[]", "Invalid input: expected object"],
    ["of another version", request("/x", { protocolVersion: 2 }), "protocolVersion: Invalid input: expected 1."],
    ["without a version", request("/x", { protocolVersion: undefined }), "protocolVersion: "],
    ["of another target", request("/x", { targetType: "hook" }), "targetType: Invalid option"],
    ["without a name", request("/x", { targetName: "" }), "targetName: Too small"],
    ["with a relative path", request("x"), "sourcePath: must be an absolute path."],
    ["of another kind of path", request("/x", { sourcePathKind: "url" }), "sourcePathKind: Invalid option"],
    ["when it is too long", request("/x", { extra: "x".repeat(262_144) }), "It is longer than 262144 bytes."],
  ])("%s", async (_, input, problem) => {
    const { status, stdout, stderr } = await answer(input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^flynn: stdin holds no request of OpenClaw's install policy, version 1\. [^\n]+\n$/u);
    expect(stderr).toContain(problem);
  });
});

test("a request of exactly the most bytes is answered", async () => {
  const length = Buffer.byteLength(request("/nowhere", { extra: "" })) + 1;
  const { status } = await answer(request("/nowhere", { extra: "x".repeat(262_144 - length) }));
  expect(status).toBe(0);
});

test("an interrupted answer is none", async () => {
  using skill = temporarySkill();
  expect(await runCommand(["skills", "install-policy"], { input: [request(skill.root)], interrupt: true })).toEqual({
    status: 130,
    stdout: "",
    stderr: "",
  });
});
