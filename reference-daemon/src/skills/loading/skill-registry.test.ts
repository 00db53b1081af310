import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";

import { VirtualClock } from "@flynn/sdk/kernel";
import type { ScanRequest, ScanResult, SkillScanner } from "@flynn/sdk/skill-scanner";
import { expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import { MemoryFileSystem, systemError } from "../../../test/memory-file-system.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { SkillRegistry } from "./skill-registry.ts";

const NOW = Date.parse("2030-01-01T00:00:00Z");

function skillFile(name: string): string {
  return `---\nname: ${name}\ndescription: Does ${name}.\n---\n`;
}

/** Two skills in memory, a registry of them, and the names of what was scanned since the last look. */
class Rig {
  readonly fileSystem = new MemoryFileSystem();
  readonly clock = new VirtualClock({ mono: 0, boot: 0, wall: NOW });
  readonly scanned: string[] = [];
  /** Called after each scan. */
  afterScan: (result: ScanResult) => ScanResult | Promise<ScanResult> = (result) => result;
  readonly registry: SkillRegistry;

  constructor(request = {}) {
    for (const name of ["alpha", "beta"]) this.fileSystem.write(`/skills/${name}/SKILL.md`, skillFile(name));
    const reference = new ReferenceSkillScanner({ clock: this.clock, fileSystem: this.fileSystem });
    const scanner: SkillScanner = {
      scan: async (asked: ScanRequest, options) => {
        this.scanned.push(asked.skillName ?? "");
        return await this.afterScan(await reference.scan(asked, options));
      },
      rules: () => reference.rules(),
    };
    this.registry = new SkillRegistry("/skills", { scanner, clock: this.clock, fileSystem: this.fileSystem, request });
  }

  /** The names of the skills after a look, and of those that were scanned for it. */
  async look(): Promise<{ names: string[]; scanned: string[] }> {
    this.scanned.length = 0;
    await this.registry.reload();
    return { names: this.names, scanned: [...this.scanned] };
  }

  get names(): string[] {
    return this.registry.skills.loaded.map(({ name }) => name);
  }
}

test("there are no skills before the first look", () => {
  expect(new Rig().names).toEqual([]);
});

test("only what has changed is scanned again", async () => {
  const rig = new Rig();
  expect(await rig.look()).toEqual({ names: ["alpha", "beta"], scanned: ["alpha", "beta"] });
  expect(await rig.look()).toEqual({ names: ["alpha", "beta"], scanned: [] });
  rig.fileSystem.write("/skills/beta/notes.md", "new");
  expect(await rig.look()).toEqual({ names: ["alpha", "beta"], scanned: ["beta"] });
  rig.fileSystem.touch("/skills/alpha/SKILL.md");
  expect(await rig.look()).toEqual({ names: ["alpha", "beta"], scanned: ["alpha"] });
  rig.fileSystem.remove("/skills/beta");
  rig.fileSystem.write("/skills/gamma/SKILL.md", skillFile("gamma"));
  expect(await rig.look()).toEqual({ names: ["alpha", "gamma"], scanned: ["gamma"] });
});

test("a skill that is not safe any more is gone, and back once it is safe again", async () => {
  const rig = new Rig();
  await rig.look();
  rig.fileSystem.write("/skills/beta/run.sh", "\0");
  expect(await rig.look()).toEqual({ names: ["alpha"], scanned: ["beta"] });
  expect(rig.registry.skills.refused).toMatchObject([{ code: "REJECTED", folder: "/skills/beta" }]);
  expect(await rig.look()).toEqual({ names: ["alpha"], scanned: [] });
  rig.fileSystem.remove("/skills/beta/run.sh");
  expect(await rig.look()).toEqual({ names: ["alpha", "beta"], scanned: ["beta"] });
});

test("a skill that is swapped between its scan and its load is refused, and looked at again the next time", async () => {
  const rig = new Rig();
  rig.afterScan = (result) => {
    rig.fileSystem.write("/skills/alpha/SKILL.md", "swapped");
    return result;
  };
  expect((await rig.look()).names).toEqual(["beta"]);
  rig.afterScan = (result) => result;
  rig.fileSystem.write("/skills/alpha/SKILL.md", skillFile("alpha"));
  expect(await rig.look()).toEqual({ names: ["alpha", "beta"], scanned: ["alpha"] });
});

test("a file that changes after its scan, while others are scanned, is scanned again the next time", async () => {
  const rig = new Rig();
  rig.afterScan = (result) => {
    rig.fileSystem.write("/skills/alpha/later.md", "\0");
    return result;
  };
  await rig.look();
  rig.afterScan = (result) => result;
  expect(await rig.look()).toEqual({ names: ["beta"], scanned: ["alpha"] });
});

test("a state that is no older than a tick of the file system is not trusted", async () => {
  const rig = new Rig();
  rig.clock.set({ mono: 0, boot: 0, wall: 2_000 });
  await rig.look();
  expect((await rig.look()).scanned).toEqual(["alpha", "beta"]);
  rig.clock.set({ mono: 0, boot: 0, wall: 2_001 });
  await rig.look();
  expect((await rig.look()).scanned).toEqual([]);
});

test("a verdict does not outlive a suppression that it may rest on", async () => {
  const expires = "2030-01-01T00:00:10Z";
  const suppression = { rule: "X", skill: "alpha", path: "a.md", digest: "0".repeat(64), reason: "Seen.", expires };
  const rig = new Rig({ policy: { suppressions: [suppression, { ...suppression, expires: "2029-01-01T00:00:00Z" }] } });
  await rig.look();
  rig.clock.set({ mono: 0, boot: 0, wall: NOW + 9_999 });
  expect((await rig.look()).scanned).toEqual([]);
  rig.clock.set({ mono: 0, boot: 0, wall: NOW + 10_000 });
  expect((await rig.look()).scanned).toEqual(["alpha", "beta"]);
  expect((await rig.look()).scanned).toEqual([]);
});

test("a look takes its place at once and whole", async () => {
  const rig = new Rig();
  await rig.look();
  rig.fileSystem.remove("/skills/alpha");
  rig.fileSystem.write("/skills/gamma/SKILL.md", skillFile("gamma"));
  const seen: string[][] = [];
  rig.afterScan = (result) => {
    seen.push(rig.names);
    return result;
  };
  await rig.look();
  expect(seen).toEqual([["alpha", "beta"]]);
  expect(rig.names).toEqual(["beta", "gamma"]);
});

test("looks do not overtake one another", async () => {
  const rig = new Rig();
  const [first, second] = await Promise.all([rig.registry.reload(), rig.registry.reload()]);
  expect(second.loaded).toEqual(first.loaded);
  expect(rig.scanned).toEqual(["alpha", "beta"]);
});

test("an abort leaves everything as it was, and the next look works", async () => {
  const rig = new Rig();
  await rig.look();
  rig.fileSystem.write("/skills/alpha/run.sh", "\0");
  await expect(rig.registry.reload(AbortSignal.abort())).rejects.toMatchObject({ code: "ABORTED" });
  expect(rig.names).toEqual(["alpha", "beta"]);
  expect((await rig.look()).names).toEqual(["beta"]);
});

test("a scanner that fails takes the skill away, and is asked again", async () => {
  const rig = new Rig();
  rig.afterScan = () => Promise.reject(new Error("out of memory"));
  expect((await rig.look()).names).toEqual([]);
  rig.afterScan = (result) => result;
  expect((await rig.look()).names).toEqual(["alpha", "beta"]);
});

test("without the folder there are no skills, and without a right to list it neither", async () => {
  const rig = new Rig();
  await rig.look();
  rig.fileSystem.hooks.list = (path) => {
    if (path === "/skills") throw systemError("EACCES");
  };
  await expect(rig.registry.reload()).rejects.toMatchObject({ code: "EACCES" });
  expect(rig.names).toEqual([]);
  delete rig.fileSystem.hooks.list;
  expect((await rig.look()).names).toEqual(["alpha", "beta"]);
  rig.fileSystem.remove("/skills");
  expect((await rig.look()).names).toEqual([]);
});

test("on a disk, files that come, go or are replaced show", async () => {
  using folder = temporaryFolder();
  folder.write("skills/alpha/SKILL.md", skillFile("alpha"));
  folder.write("skills/alpha/notes.md", "1");
  const clock = new VirtualClock({ mono: 0, boot: 0, wall: Date.parse("2999-01-01T00:00:00Z") });
  const registry = new SkillRegistry(join(folder.path, "skills"), { scanner: new ReferenceSkillScanner({ clock }), clock });
  const digests = new Set<string>();
  const look = async (): Promise<string[]> => {
    const { loaded, refused } = await registry.reload();
    for (const { digest } of loaded) digests.add(digest);
    return [...loaded.map(({ name }) => name), ...refused.map(({ code }) => code)];
  };
  expect(await look()).toEqual(["alpha"]);
  renameSync(folder.write("other.md", "2"), join(folder.path, "skills/alpha/notes.md"));
  expect(await look()).toEqual(["alpha"]);
  expect(digests.size).toBe(2);
  const program = folder.write("skills/alpha/run.sh", "\0");
  expect(await look()).toEqual(["REJECTED"]);
  rmSync(program);
  expect(await look()).toEqual(["alpha"]);
  expect(digests.size).toBe(2);
});
