import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { runCommand } from "../../test/command-line.ts";
import { temporaryFolder } from "../../test/executor-folder.ts";
import { folderSnapshot } from "../../test/folder-snapshot.ts";
import { MemoryFileSystem, systemError } from "../../test/memory-file-system.ts";
import { GOOD_SKILL_FILE, temporarySkill } from "../../test/temporary-skill.ts";
import { zipArchive, zipOfFiles } from "../../test/zip-archive.ts";

const LATIN = { "notes.md": Buffer.from([0x63, 0xe9]) };

async function install(words: readonly string[], options: Parameters<typeof runCommand>[1] = {}): ReturnType<typeof runCommand> {
  return await runCommand(["skills", "install", ...words], options);
}

describe("a clean skill", () => {
  test("is installed, and what was installed is told with its digest", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill({ "a.md": "a" });
    const { status, stdout, stderr } = await install([skill.root, "--to", "skills"], { cwd: folder.path });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout.split("\n")).toEqual([
      `allow   ${skill.root}  (2 files, ${GOOD_SKILL_FILE.length + 1} bytes)`,
      `installed  ${join(folder.path, "skills/sample")}`,
      expect.stringMatching(/^ {2}tree digest {2}sha256:[0-9a-f]{64}$/u),
      "",
    ]);
    expect(readFileSync(join(folder.path, "skills/sample/a.md"), "utf8")).toBe("a");
  });

  test("in a zip file is installed", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "sample.zip"), zipOfFiles({ "SKILL.md": GOOD_SKILL_FILE }));
    const { status, stdout } = await install(["sample.zip", "--to", "skills"], { cwd: folder.path });
    expect(status).toBe(0);
    expect(stdout).toContain("allow   sample.zip");
    expect(readdirSync(join(folder.path, "skills"))).toEqual(["sample"]);
  });

  test.each([
    ["FLYNN_STATE_DIR", "own", "own/skills"],
    ["XDG_STATE_HOME", "", "flynn/skills"],
    ["HOME", "", ".local/state/flynn/skills"],
  ])("goes to the state folder of %s by default", async (variable, below, expected) => {
    using folder = temporaryFolder();
    using skill = temporarySkill();
    const environment = { [variable]: join(folder.path, below) };
    expect((await install([skill.root], { environment })).status).toBe(0);
    expect(existsSync(join(folder.path, expected, "sample/SKILL.md"))).toBe(true);
  });

  test("takes the place of another one with --force only", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill();
    folder.write("sample/old.md", "old");
    const refused = await install([skill.root, "--to", folder.path]);
    expect(refused.status).toBe(2);
    expect(refused.stderr).toBe(`flynn: not installed. There is something at ${folder.path}/sample already. Give --force to replace it.\n`);
    expect(readdirSync(join(folder.path, "sample"))).toEqual(["old.md"]);
    const replaced = await install([skill.root, "--to", folder.path, "--force"]);
    expect(replaced.status).toBe(0);
    expect(replaced.stdout).toContain(`replaced  ${folder.path}/sample`);
    expect(readdirSync(join(folder.path, "sample"))).toEqual(["SKILL.md"]);
  });
});

describe("nothing is installed", () => {
  test("of a skill that is rejected, with 1 and the reason", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill({ "run.sh": "\0" });
    folder.write("other/SKILL.md", "other");
    const before = folderSnapshot(folder.path);
    const { status, stdout, stderr } = await install([skill.root, "--to", folder.path, "--yes-to-warnings", "--force"]);
    expect(status).toBe(1);
    expect(stdout).toContain("reject  run.sh  ENC-NUL");
    expect(stderr).toBe("flynn: not installed. The scanner rejects it: ENC-NUL at run.sh. Run flynn skills scan on it to see why.\n");
    expect(folderSnapshot(folder.path)).toEqual(before);
  });

  test("of an archive that is not safe, with 1 and one line", async () => {
    using folder = temporaryFolder();
    writeFileSync(join(folder.path, "bad.zip"), zipArchive([{ name: "../evil\u001B[2J" }]));
    const { status, stdout, stderr } = await install(["bad.zip", "--to", "skills"], { cwd: folder.path });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      "flynn: not installed. The archive is not unpacked: ../evil\\u{1b}[2J leads out of the archive. Pack the skill's folder anew, and nothing else.\n",
    );
    expect(readdirSync(folder.path)).toEqual(["bad.zip"]);
  });

  test.each([
    ["nowhere", "There is nothing at"],
    ["file", "It is no zip file that can be read"],
  ])("of %s, with 3", async (source, problem) => {
    using folder = temporaryFolder();
    folder.write("file", "no zip");
    const { status, stderr } = await install([source, "--to", "skills"], { cwd: folder.path });
    expect(status).toBe(3);
    expect(stderr).toMatch(new RegExp(`^flynn: not installed\\. ${problem}[^\\n]+\\n$`, "u"));
    expect(readdirSync(folder.path)).toEqual(["file"]);
  });

  test("of a skill with a file that may not be read or that vanishes, with 3", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill();
    for (const code of ["EACCES", "ENOENT"]) {
      const skillFiles = new MemoryFileSystem({});
      skillFiles.write(`${skill.root}/SKILL.md`, GOOD_SKILL_FILE);
      skillFiles.write(`${skill.root}/a.md`, "a");
      skillFiles.hooks.open = (path) => {
        if (path.endsWith("a.md")) throw systemError(code);
      };
      expect((await install([skill.root, "--to", folder.path], { skillFiles })).status).toBe(3);
    }
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("when it is interrupted, with 130", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill();
    expect(await install([skill.root, "--to", join(folder.path, "skills")], { interrupt: true })).toEqual({
      status: 130,
      stdout: "",
      stderr: "",
    });
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("where there is no folder for skills, with 2", async () => {
    using skill = temporarySkill();
    const { status, stderr } = await install([skill.root]);
    expect(status).toBe(2);
    expect(stderr).toContain("error: there is no folder for skills; give --to, or set FLYNN_STATE_DIR or HOME");
  });

  test("where the folder for skills is a file, with 4 and what the system says", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill();
    const { status, stderr } = await install([skill.root, "--to", join(folder.write("file", ""), "skills")]);
    expect(status).toBe(4);
    expect(stderr).toMatch(/^flynn: ENOTDIR[^\n]*\n$/u);
  });
});

describe("warnings", () => {
  test("are refused where nobody can be asked, with 1 and what to do", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill(LATIN);
    const { status, stdout, stderr } = await install([skill.root, "--to", folder.path], { input: ["yes"] });
    expect(status).toBe(1);
    expect(stdout).toContain("warn    notes.md  ENC-INVALID");
    expect(stderr).toContain("give --yes-to-warnings to install it all the same");
    expect(readdirSync(folder.path)).toEqual([]);
  });

  test("are accepted by --yes-to-warnings", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill(LATIN);
    const { status, stdout } = await install([skill.root, "--to", folder.path, "--yes-to-warnings"]);
    expect(status).toBe(0);
    expect(stdout.match(/ENC-INVALID/gu)).toHaveLength(1);
    expect(readdirSync(folder.path)).toEqual(["sample"]);
  });

  test.each([
    ["yes", 0],
    [" yes ", 0],
    ["y", 1],
    ["Yes", 1],
    ["", 1],
  ])("are asked about in a terminal, where %j ends with %i", async (answer, expected) => {
    using folder = temporaryFolder();
    using skill = temporarySkill(LATIN);
    const { status, stdout } = await install([skill.root, "--to", folder.path], { isTTY: true, input: [answer] });
    expect(status).toBe(expected);
    expect(stdout).toContain("Type yes to install it all the same: ");
    expect(readdirSync(folder.path)).toEqual(expected === 0 ? ["sample"] : []);
  });

  test("are not accepted by the end of the input", async () => {
    using folder = temporaryFolder();
    using skill = temporarySkill(LATIN);
    expect((await install([skill.root, "--to", folder.path], { isTTY: true })).status).toBe(1);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});

test("the help lists the commands with what their exit statuses mean", async () => {
  const { stdout } = await runCommand(["skills", "--help"]);
  for (const command of ["scan", "install", "install-policy", "rules"]) expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "mu"));
  for (const command of ["scan", "install", "install-policy"]) {
    expect((await runCommand(["skills", command, "--help"])).stdout).toMatch(/Exit status:\n {2}0 /u);
  }
});
