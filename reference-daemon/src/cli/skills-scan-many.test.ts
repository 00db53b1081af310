import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { getuid } from "node:process";

import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { runCommand } from "../../test/command-line.ts";
import type { RunOptions } from "../../test/command-line.ts";
import { TemporaryTree, manySkills } from "../../test/temporary-tree.ts";

interface Report {
  readonly shard?: { readonly index: number; readonly skills: number };
  readonly skills: { readonly folder: string; readonly result: { readonly verdict: string } }[];
}

const IN_TIME = 60_000;

let tree: TemporaryTree;

beforeEach(() => {
  tree = new TemporaryTree();
});

afterEach(() => tree[Symbol.dispose]());

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, content] of Object.entries(files)) tree.write(path, content);
}

function scan(args: readonly string[], options: RunOptions = {}): ReturnType<typeof runCommand> {
  return runCommand(["skills", "scan", ...args], { cwd: tree.root, ...options });
}

function merge(args: readonly string[]): ReturnType<typeof runCommand> {
  return runCommand(["skills", "merge", ...args], { cwd: tree.root });
}

function verdicts(stdout: string): [string, string][] {
  return (JSON.parse(stdout) as Report).skills.map(({ folder, result }) => [folder, result.verdict]);
}

describe("--recursive", () => {
  test("scans each skill below, once, and names it by the way to it", async () => {
    write({ ...manySkills(2, "registry/"), "registry/readme.md": "" });
    symlinkSync("skill-0", tree.path("registry/link"));
    const { status, stdout } = await scan(["-r", "--json", "registry", "registry/skill-1"]);
    expect(verdicts(stdout)).toEqual([
      ["registry/skill-0", "reject"],
      ["registry/skill-1", "allow"],
    ]);
    expect(status).toBe(1);
  });

  test("of a folder without any skill, and of one that is missing, is as it is without", async () => {
    mkdirSync(tree.path("empty"));
    for (const folder of ["empty", "missing"]) expect(await scan(["-r", folder])).toEqual(await scan([folder]));
  });

  test.skipIf(getuid?.() === 0)("is 3 where a folder cannot be looked into", async () => {
    write({ ...manySkills(2, "registry/"), "registry/closed/x": "" });
    chmodSync(tree.path("registry/closed"), 0);
    const { status, stdout } = await scan(["-r", "registry"]);
    chmodSync(tree.path("registry/closed"), 0o700);
    expect(stdout).toMatch(
      /^reject {2}registry\/closed {2}\(not everything could be read\)\n {2}reject {2}\(the skill\) {2}FS-UNREADABLE/u,
    );
    expect(status).toBe(3);
  });
});

test("many skills are scanned by threads with the results, the order and the status of one", { timeout: IN_TIME }, async () => {
  write(manySkills(1_050));
  const [one, two] = [await scan(["-r", "--json", "--jobs", "1", "."]), await scan(["-r", "--json", "--jobs", "2", "."])];
  expect(two).toEqual(one);
  expect(verdicts(two.stdout)).toHaveLength(1_050);
});

test.each([
  ["--jobs", "0"],
  ["--jobs", "two"],
  ["--shard", "0/2"],
  ["--shard", "3/2"],
  ["--shard", "1/1001"],
  ["--shard", "1"],
])("%s %s is a mistake", async (option, value) => {
  expect((await scan(["--json", option, value, "."])).status).toBe(2);
});

describe("--shard and merge", () => {
  async function shards(count: number, args: readonly string[] = [], folder = "registry"): Promise<string[]> {
    const files = [];
    for (let index = 1; index <= count; index += 1) {
      const { stdout } = await scan(["-r", "--json", "--shard", `${index}/${count}`, ...args, folder]);
      const file = `${folder.replaceAll("/", "-")}-${index}-of-${count}-${args.join("")}.json`;
      writeFileSync(tree.path(file), stdout);
      files.push(file);
    }
    return files;
  }

  beforeEach(() => write(manySkills(12, "registry/")));

  test("give the report and the status of the whole, in whatever order the parts come", async () => {
    const whole = await scan(["-r", "--json", "registry"]);
    const files = await shards(3);
    expect(await merge(["--json", ...files.toReversed()])).toEqual(whole);
    expect(await merge(files)).toEqual(await scan(["-r", "registry"]));
    expect(await merge(["--sarif", ...files])).toEqual(await scan(["-r", "--sarif", "registry"]));
  });

  test("a skill stays in its part when another one is added", async () => {
    const before = await scan(["-r", "--json", "--shard", "1/3", "registry"]);
    write({ "registry/aaa/SKILL.md": "---\nname: a\ndescription: b\n---\n" });
    const after = await scan(["-r", "--json", "--shard", "1/3", "registry"]);
    expect(verdicts(after.stdout).filter(([folder]) => folder !== "registry/aaa")).toEqual(verdicts(before.stdout));
  });

  test.each([
    ["a part is missing", async () => (await shards(3)).slice(1), /Of 3 shards, these are missing: 1\./u],
    ["a part is there twice", async () => [...(await shards(2)), "registry-2-of-2-.json"], /are both shard 2 of 2/u],
    ["parts are of different counts", async () => [...(await shards(2)), ...(await shards(3))], /they are of 3 and of 2 shards/u],
    [
      "one has another policy",
      async () => [...(await shards(2)), ...(await shards(3, ["--assets", "png"]))],
      /different policies or options/u,
    ],
    ["one has other skills", async () => twoRegistries(), /did not find the same skills/u],
    ["one is a whole scan", async () => wholeReport(), /is the report of a whole scan/u],
    ["one is no report", async () => ["registry/skill-1/notes.md"], /is no report/u],
    ["one is not there", async () => ["missing.json"], /missing\.json cannot be read \(ENOENT\)/u],
    ["a result was taken out", async () => shortened(), /A report was changed/u],
    ["one has other rules", async () => otherRules(), /they have different rules/u],
    [
      "all have other rules than this flynn",
      async () => otherRules(/"rulesVersion": "[^"]+"/gu),
      /Merge them with the one that made them/u,
    ],
  ])("where %s, merging is refused with a reason", async (_, files, problem) => {
    const { status, stdout, stderr } = await merge(await files());
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(problem);
    expect(stderr.split("\n")).toHaveLength(2);
  });

  test("needs --json", async () => {
    expect((await scan(["--shard", "1/2", "registry"])).status).toBe(2);
  });

  async function twoRegistries(): Promise<string[]> {
    const [, second = ""] = await shards(2);
    write(manySkills(13, "registry/"));
    writeFileSync(tree.path("second.json"), (await scan(["-r", "--json", "--shard", "1/2", "registry"])).stdout);
    return [second, "second.json"];
  }

  async function wholeReport(): Promise<string[]> {
    writeFileSync(tree.path("whole.json"), (await scan(["-r", "--json", "registry"])).stdout);
    return ["whole.json"];
  }

  async function shortened(): Promise<string[]> {
    const [file = ""] = await shards(1);
    const report = JSON.parse((await scan(["-r", "--json", "--shard", "1/1", "registry"])).stdout) as Report;
    writeFileSync(tree.path(file), JSON.stringify({ ...report, skills: report.skills.slice(1) }));
    return [file];
  }

  async function otherRules(which = /"rulesVersion": "[^"]+"/u): Promise<string[]> {
    const files = await shards(2);
    const [file = ""] = files;
    for (const changed of which.global ? files : [file]) {
      const { stdout } = await scan(["-r", "--json", "--shard", `${files.indexOf(changed) + 1}/2`, "registry"]);
      writeFileSync(tree.path(changed), stdout.replace(which, '"rulesVersion": "0.other"'));
    }
    return files;
  }
});

describe("--cache", () => {
  beforeEach(() => {
    write(manySkills(3, "registry/"));
    mkdirSync(tree.path("kept"));
  });

  test("gives the same report and status from a file, and from one in a folder", async () => {
    const plain = await scan(["-r", "--json", "registry"]);
    for (const cache of ["kept/results.json", "kept"])
      for (let time = 0; time < 2; time += 1) expect(await scan(["-r", "--json", "--cache", cache, "registry"])).toEqual(plain);
  });

  test("in what is scanned is refused, since whoever wrote the skill could have written it", async () => {
    const { status, stdout, stderr } = await scan(["-r", "--cache", "registry/cache", "registry"]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain("Keep it where no skill is.");
  });

  test("that others may write is refused", async () => {
    writeFileSync(tree.path("kept/file"), "");
    chmodSync(tree.path("kept/file"), 0o666);
    expect(await scan(["-r", "--cache", "kept/file", "registry"])).toMatchObject({ status: 2, stdout: "" });
  });

  test("that is damaged is told of, and the scan goes on", async () => {
    writeFileSync(tree.path("kept/file"), "x", { mode: 0o600 });
    const { status, stderr } = await scan(["-r", "--cache", "kept/file", "registry"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^flynn: The cache .+ it is written anew\.\n$/u);
  });

  test("that cannot be written is 4, after the report", async () => {
    const { status, stdout, stderr } = await scan(["-r", "--cache", "nowhere/file", "registry"]);
    expect(status).toBe(4);
    expect(stdout).toContain("3 skills");
    expect(stderr).toMatch(/^flynn: The cache .+ cannot be written \(ENOENT\)/u);
  });
});

describe("progress", () => {
  test("is not shown where stderr is no terminal, in CI, or when it is not wanted, and never on stdout", { timeout: IN_TIME }, async () => {
    write(manySkills(300));
    const plain = await scan(["-r", "--jobs", "1", "."]);
    expect(plain.stderr).toBe("");
    for (const [args, options] of [
      [["--no-progress"], { stderrIsTTY: true }],
      [[], { stderrIsTTY: true, environment: { CI: "true" } }],
    ] as const)
      expect(await scan(["-r", "--jobs", "1", ...args, "."], options)).toEqual(plain);
    const shown = await scan(["-r", "--jobs", "1", "."], { stderrIsTTY: true });
    expect(shown.stdout).toBe(plain.stdout);
  });
});
