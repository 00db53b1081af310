import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";

const root = resolve(import.meta.dirname, "../..");
const example = join(root, "examples/pre-commit");

const HELLO = "---\nname: hello\ndescription: Says hello.\n---\n\nSay hello.\n";

let project = "";

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "flynn-hook-"));
  write("package.json", "{}");
  mkdirSync(join(project, "hooks"));
  copyFileSync(join(example, "scan-changed-skills.mts"), join(project, "hooks/scan-changed-skills.mts"));
  // The scanner of this workspace, installed as the package is.
  write("node_modules/@flynn/reference-daemon/package.json", '{ "bin": { "flynn": "./bin.mjs" } }');
  write(
    "node_modules/@flynn/reference-daemon/bin.mjs",
    `import { spawnSync } from "node:child_process";
const args = ["--conditions=@flynn/source", ${JSON.stringify(join(root, "reference-daemon/bin/flynn.ts"))}, ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status;`,
  );
});

afterEach(() => rmSync(project, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

interface Ran {
  readonly status: number | null;
  readonly output: string;
}

function start(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): Ran {
  const PATH = `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}`;
  // NODE_PATH would let it find the workspace's own packages.
  const env = { ...process.env, ...environment, PATH, NODE_PATH: "" };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: "utf8", env });
  return { status, output: (stdout + stderr).replaceAll("\\", "/") };
}

const hook = (...files: readonly string[]): Ran => start("node", ["hooks/scan-changed-skills.mts", ...files]);

describe("the hook, started as pre-commit does", { timeout: 60_000 }, () => {
  test("a skill in which several files changed is scanned once, whatever its name has in it", () => {
    write("skills/hello you/SKILL.md", HELLO.replace("name: hello", "name: hello you"));
    write("skills/hello/SKILL.md", HELLO);
    write("skills/hello/notes/deep/a.md", "a");
    const { status, output } = hook("skills/hello/SKILL.md", "skills/hello/notes/deep/a.md", "skills/hello you/SKILL.md");
    expect(output.match(/skills\/hello {2}/gu)).toHaveLength(1);
    expect(output).toContain("skills/hello you");
    expect([0, 1]).toContain(status);
  });

  test("the nearest skill is the one that is scanned", () => {
    write("SKILL.md", HELLO);
    write("skills/hello/SKILL.md", HELLO);
    const { status, output } = hook("skills/hello/SKILL.md");
    expect(status).toBe(0);
    expect(output.match(/^allow {3}\S+/gmu)).toEqual([expect.stringContaining("skills/hello")]);
  });

  test("a file that was removed, and one in no skill, are no failure", () => {
    write("skills/hello/SKILL.md", HELLO);
    write("README.md", "hello");
    expect(hook("README.md", "gone/entirely.md")).toEqual({ status: 0, output: "" });
    const { status, output } = hook("skills/hello/gone.sh");
    expect({ status, scanned: output.includes("skills/hello") }).toEqual({ status: 0, scanned: true });
  });

  test("a skill that may not be loaded is told, with the scanner's exit code", () => {
    write("skills/hello/SKILL.md", HELLO);
    symlinkSync("/etc/passwd", join(project, "skills/hello/notes.md"));
    const { status, output } = hook("skills/hello/notes.md");
    expect(status).toBe(1);
    expect(output).toContain("notes.md");
  });

  test("a SKILL.md that is a link to nowhere makes a skill, for the scanner to reject", () => {
    mkdirSync(join(project, "skills/hello"), { recursive: true });
    symlinkSync("nowhere", join(project, "skills/hello/SKILL.md"));
    expect(hook("skills/hello/SKILL.md").status).toBe(1);
  });

  test("a project without the scanner, and a name that cannot be read, could not be scanned", () => {
    write("skills/hello/SKILL.md", HELLO);
    expect(hook("skills/hel\uFFFDo/SKILL.md")).toMatchObject({ status: 3, output: expect.stringContaining("is not UTF-8") as string });
    rmSync(join(project, "node_modules"), { recursive: true });
    expect(hook("skills/hello/SKILL.md")).toMatchObject({
      status: 3,
      output: expect.stringContaining("npm install --save-dev @flynn/reference-daemon") as string,
    });
  });
});

test("both definitions of the hook look at links too, and start one process", () => {
  const [shared] = parse(readFileSync(join(example, ".pre-commit-hooks.yaml"), "utf8")) as object[];
  const { repos } = parse(readFileSync(join(example, ".pre-commit-config.yaml"), "utf8")) as { repos: { hooks: object[] }[] };
  for (const definition of [shared, repos[0]?.hooks[0]])
    expect(definition).toMatchObject({ id: "flynn-skills", types: [], require_serial: true });
});

const preCommit = process.env["FLYNN_PRE_COMMIT"];

describe.skipIf(preCommit === undefined)(
  "under pre-commit itself, which the step pre-commit-hook of .ci/run installs",
  { timeout: 120_000 },
  () => {
    const git = (...args: readonly string[]): Ran =>
      start("git", ["-c", "user.name=a", "-c", "user.email=a@example.invalid", "-c", "core.hooksPath=/dev/null", ...args]);
    const commitCheck = (...args: readonly string[]): Ran =>
      start(preCommit ?? "", args, { PRE_COMMIT_HOME: join(project, "node_modules/.pre-commit"), GIT_CONFIG_GLOBAL: "/dev/null" });

    beforeEach(() => {
      write(".gitignore", "node_modules/\n");
      copyFileSync(join(example, ".pre-commit-config.yaml"), join(project, ".pre-commit-config.yaml"));
      write("skills/hello/SKILL.md", HELLO);
      git("init", "--quiet");
      git("add", ".");
    });

    test("a commit of a clean skill passes, one of a link in a skill does not, and nothing is scanned without a reason", () => {
      const clean = commitCheck("run");
      expect(clean, clean.output).toMatchObject({ status: 0, output: expect.stringMatching(/flynn skills scan\.+Passed/u) as string });
      git("commit", "--quiet", "--message", "a");
      symlinkSync("/etc/passwd", join(project, "skills/hello/notes.md"));
      git("add", ".");
      const refused = commitCheck("run");
      expect(refused, refused.output).toMatchObject({ status: 1, output: expect.stringContaining("- exit code: 1") as string });
      expect(refused.output).toContain("notes.md");
      git("rm", "--quiet", "--cached", "skills/hello/notes.md");
      rmSync(join(project, "skills/hello/notes.md"));
      write("README.md", "hello");
      git("add", "README.md");
      expect(commitCheck("run", "--verbose").output).not.toContain("allow");
    });

    test("a repository of hooks can offer it", () => {
      const shared = join(project, "node_modules/shared");
      mkdirSync(shared, { recursive: true });
      for (const name of [".pre-commit-hooks.yaml", "scan-changed-skills.mts"]) copyFileSync(join(example, name), join(shared, name));
      git("-C", shared, "init", "--quiet");
      git("-C", shared, "add", ".");
      git("-C", shared, "commit", "--quiet", "--message", "a");
      const passed = commitCheck("try-repo", shared, "flynn-skills", "--verbose");
      expect(passed, passed.output).toMatchObject({ status: 0, output: expect.stringContaining("allow   skills/hello") as string });
    });
  },
);
