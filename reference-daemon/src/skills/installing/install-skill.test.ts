import { chmodSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { VirtualClock } from "@flynn/sdk/kernel";
import type { ScanRequest, SkillScanner } from "@flynn/sdk/skill-scanner";
import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import type { TemporaryFolder } from "../../../test/executor-folder.ts";
import { folderSnapshot } from "../../../test/folder-snapshot.ts";
import { systemError } from "../../../test/memory-file-system.ts";
import { zipOfFiles } from "../../../test/zip-archive.ts";
import { loadSkill } from "../loading/load-skill.ts";
import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { nodeInstallFiles } from "./install-files.ts";
import type { InstallFiles } from "./install-files.ts";
import { installSkill } from "./install-skill.ts";
import type { InstallOptions } from "./install-skill.ts";

const scanner = new ReferenceSkillScanner({ clock: new VirtualClock() });
const WEATHER = "---\nname: weather\ndescription: Says how the weather will be.\n---\n# Weather\n";
const CLEAN = { "SKILL.md": WEATHER, "scripts/deep/run.sh": "echo hi\n", "docs/a.md": "a" };
const WARNED = { ...CLEAN, "notes.md": Buffer.from([0x63, 0xe9]) };
const BAD = { ...CLEAN, "run.sh": "\0" };

/** A folder with a source in it, and a place for skills with one that is there already. */
class Place implements Disposable {
  readonly folder: TemporaryFolder = temporaryFolder();
  readonly to = join(this.folder.path, "skills");
  readonly source = join(this.folder.path, "source");

  constructor(files: Readonly<Record<string, string | Buffer>>, kind: "folder" | "zip" = "folder") {
    this.folder.write("skills/other/SKILL.md", WEATHER.replace("weather", "other"));
    if (kind === "zip") writeFileSync(this.source, zipOfFiles(files));
    else for (const [name, content] of Object.entries(files)) this.write(`source/${name}`, content);
  }

  write(name: string, content: string | Buffer): void {
    writeFileSync(this.folder.write(name, ""), content);
  }

  install(options: Partial<InstallOptions> = {}): ReturnType<typeof installSkill> {
    return installSkill(this.source, { to: this.to, scanner, acceptWarnings: () => Promise.resolve(false), ...options });
  }

  /** What is where skills are. */
  get installed(): string[] {
    return folderSnapshot(this.to);
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

describe.each(["folder", "zip"] as const)("a clean skill in a %s", (kind) => {
  test("is installed under its name, with the bytes that were scanned", async () => {
    using place = new Place(CLEAN, kind);
    const outcome = await place.install();
    const folder = join(place.to, "weather");
    expect(outcome).toMatchObject({ kind: "installed", name: "weather", folder, isReplacement: false });
    expect(readdirSync(place.to)).toEqual(["other", "weather"]);
    expect(outcome.kind === "installed" && outcome.digest).toBe((await scanner.scan({ root: folder, phase: "load" })).treeDigest);
    expect(await loadSkill(folder, { scanner })).toMatchObject({ kind: "loaded", name: "weather" });
  });

  test("is scanned for its installation, under its name, before anything is put where skills are", async () => {
    using place = new Place(CLEAN, kind);
    const requests: ScanRequest[] = [];
    const before = place.installed;
    const looking: SkillScanner = {
      scan: (request, options) => {
        requests.push(request);
        expect(place.installed.filter((line) => !line.startsWith(".installing-"))).toEqual(before);
        return scanner.scan(request, options);
      },
      rules: () => scanner.rules(),
    };
    await place.install({ scanner: looking, request: { limits: { files: 9 } } });
    expect(requests).toMatchObject([{ phase: "install", skillName: "weather", limits: { files: 9 } }]);
  });

  test("is refused where one of its name is, unless that is to be replaced", async () => {
    using place = new Place(CLEAN, kind);
    place.write("skills/weather/SKILL.md", WEATHER);
    place.write("skills/weather/old.md", "old");
    const before = place.installed;
    expect(await place.install()).toMatchObject({ kind: "refused", code: "EXISTS" });
    expect(place.installed).toEqual(before);
    expect(await place.install({ force: true })).toMatchObject({ kind: "installed", isReplacement: true });
    expect(readdirSync(join(place.to, "weather")).toSorted()).toEqual(["SKILL.md", "docs", "scripts"]);
    expect(readdirSync(place.to)).toEqual(["other", "weather"]);
  });
});

test("a skill in one folder of a zip file is the skill", async () => {
  using place = new Place({ "weather-1.0/SKILL.md": WEATHER, "weather-1.0/docs/a.md": "a" }, "zip");
  expect(await place.install()).toMatchObject({ kind: "installed", name: "weather" });
  expect(readdirSync(join(place.to, "weather"))).toEqual(["SKILL.md", "docs"]);
});

test("what can be run can be run, and has no other rights", async () => {
  using place = new Place(CLEAN);
  chmodSync(join(place.source, "scripts/deep/run.sh"), 0o4777);
  chmodSync(join(place.source, "docs/a.md"), 0o666);
  await place.install();
  const modeOf = (path: string): number => lstatSync(join(place.to, "weather", path)).mode & 0o7777;
  expect([modeOf("scripts/deep/run.sh"), modeOf("docs/a.md"), modeOf("docs")]).toEqual([0o755, 0o644, 0o755]);
});

test("the place for skills is made where it is not there, and gone again when nothing is installed", async () => {
  using clean = new Place(CLEAN);
  const to = join(clean.folder.path, "state/deep/skills");
  expect(await clean.install({ to })).toMatchObject({ kind: "installed", folder: join(to, "weather") });
  expect(lstatSync(to).mode & 0o777).toBe(0o700);
  using bad = new Place(BAD, "zip");
  expect(await bad.install({ to: join(bad.folder.path, "state/deep/skills") })).toMatchObject({ code: "REJECTED" });
  expect(readdirSync(bad.folder.path).toSorted()).toEqual(["skills", "source"]);
});

describe("warnings", () => {
  test("that somebody accepts let it be installed", async () => {
    using place = new Place(WARNED);
    const asked: string[][] = [];
    const acceptWarnings: InstallOptions["acceptWarnings"] = ({ findings }) => {
      asked.push(findings.map(({ ruleId }) => ruleId));
      return Promise.resolve(true);
    };
    expect(await place.install({ acceptWarnings })).toMatchObject({ kind: "installed" });
    expect(asked).toEqual([["ENC-INVALID"]]);
  });

  test("are not asked about where there is nothing to be decided", async () => {
    const acceptWarnings = (): never => {
      throw new Error("asked");
    };
    using clean = new Place(CLEAN);
    expect(await clean.install({ acceptWarnings })).toMatchObject({ kind: "installed" });
    using bad = new Place({ ...WARNED, ...BAD });
    expect(await bad.install({ acceptWarnings })).toMatchObject({ code: "REJECTED" });
    using taken = new Place(WARNED);
    taken.write("skills/weather/SKILL.md", WEATHER);
    expect(await taken.install({ acceptWarnings })).toMatchObject({ code: "EXISTS" });
  });
});

/** The file system of Node, where one call fails. */
function failing<Call extends keyof InstallFiles>(
  call: Call,
  replacement: (...args: Parameters<InstallFiles[Call]>) => unknown,
): InstallFiles {
  return { ...nodeInstallFiles, [call]: replacement };
}

describe("the place for skills is as it was, and nothing else is there,", () => {
  const named = (name: string): Readonly<Record<string, string>> => ({ "SKILL.md": WEATHER.replace("weather", JSON.stringify(name)) });
  const refusals: readonly (readonly [string, Readonly<Record<string, string | Buffer>>, string])[] = [
    ["a rejection", BAD, "REJECTED"],
    ["warnings that nobody accepts", WARNED, "WARNINGS"],
    ["a folder without a SKILL.md", { "a.md": "a" }, "REJECTED"],
    ["a skill with invalid front matter", { "SKILL.md": "---\nname: [\n---\n" }, "REJECTED"],
    ["a name that leads elsewhere", named("../evil"), "UNSAFE_NAME"],
    ["an absolute name", named("/tmp/evil"), "UNSAFE_NAME"],
    ["a name that hides", named(".hidden"), "UNSAFE_NAME"],
    ["a name that Windows reserves", named("con.txt"), "UNSAFE_NAME"],
    ["a name with a dot at its end", named("weather."), "UNSAFE_NAME"],
    ["a name with a space", named("the weather"), "UNSAFE_NAME"],
    ["a name that is too long", named("w".repeat(65)), "UNSAFE_NAME"],
  ];

  describe.each(["folder", "zip"] as const)("in a %s, after", (kind) => {
    test.each(refusals)("%s", async (_, files, code) => {
      using place = new Place(files, kind);
      const before = place.installed;
      expect(await place.install({ force: true })).toMatchObject({
        kind: "refused",
        code,
        message: expect.stringMatching(/^[^\n]+\.$/u) as unknown,
      });
      expect(place.installed).toEqual(before);
    });

    test("a disk that is full", async () => {
      using place = new Place(CLEAN, kind);
      place.write("skills/weather/SKILL.md", WEATHER);
      const before = place.installed;
      let written = 0;
      const files = failing("write", async (path, bytes, mode) => {
        written += 1;
        if (written === 2) throw systemError("ENOSPC");
        await nodeInstallFiles.write(path, bytes, mode);
      });
      await expect(place.install({ files, force: true })).rejects.toMatchObject({ code: "ENOSPC" });
      expect(place.installed).toEqual(before);
    });

    test("an abort while it is scanned, while it is copied, and before it is put into place", async () => {
      const { look, write, sync } = nodeInstallFiles;
      for (const moment of ["scan", "copy", "end"]) {
        using place = new Place(CLEAN, kind);
        const before = place.installed;
        const abort = new AbortController();
        const abortAt = (now: string): void => {
          if (now === moment) abort.abort(new Error("enough"));
        };
        const files: InstallFiles = {
          ...nodeInstallFiles,
          look: (path) => (abortAt("scan"), look(path)),
          write: (path, bytes, mode) => (abortAt("copy"), write(path, bytes, mode)),
          sync: (folder) => (abortAt("end"), sync(folder)),
        };
        await expect(place.install({ files, signal: abort.signal })).rejects.toThrow(/enough|aborted/u);
        expect(place.installed).toEqual(before);
      }
    });

    test("a skill that could not be put into place, with the old one in place again", async () => {
      using place = new Place(CLEAN, kind);
      place.write("skills/weather/SKILL.md", WEATHER);
      const before = place.installed;
      const files = failing("rename", async (from, to) => {
        if (from.endsWith("/skill")) throw systemError("EIO");
        await nodeInstallFiles.rename(from, to);
      });
      await expect(place.install({ files, force: true })).rejects.toMatchObject({ code: "EIO" });
      expect(place.installed).toEqual(before);
    });
  });

  test("a skill of that name that comes meanwhile", async () => {
    using place = new Place(CLEAN);
    const files = failing("sync", async (folder) => {
      place.write("skills/weather/SKILL.md", "the other one");
      await nodeInstallFiles.sync(folder);
    });
    expect(await place.install({ files })).toMatchObject({ code: "EXISTS" });
    expect(readdirSync(place.to)).toEqual(["other", "weather"]);
  });
});

test("an old skill that can neither stay nor come back is kept, and the error says where", async () => {
  using place = new Place(CLEAN);
  place.write("skills/weather/SKILL.md", "old");
  const files = failing("rename", async (from, to) => {
    if (to.endsWith("/weather")) throw systemError("EIO");
    await nodeInstallFiles.rename(from, to);
  });
  const failure = await place.install({ files, force: true }).catch((error: unknown) => error);
  const kept = /It is at (\S+);/u.exec(failure instanceof Error ? failure.message : "")?.[1] ?? "";
  expect(folderSnapshot(kept)).toEqual(["SKILL.md 100644 old"]);
});

describe("a skill that changes after its scan is not installed:", () => {
  const changes: readonly (readonly [string, (source: string) => void])[] = [
    ["another byte in a file", (source) => writeFileSync(join(source, "docs/a.md"), "b")],
    ["another SKILL.md", (source) => writeFileSync(join(source, "SKILL.md"), WEATHER.replace("weather", "whether"))],
  ];

  test.each(changes)("%s", async (_, change) => {
    using place = new Place(CLEAN);
    const before = place.installed;
    const changing: SkillScanner = {
      scan: async (request) => {
        const result = await scanner.scan(request);
        change(place.source);
        return result;
      },
      rules: () => scanner.rules(),
    };
    expect(await place.install({ scanner: changing })).toMatchObject({ kind: "refused", code: "CHANGED" });
    expect(place.installed).toEqual(before);
  });

  test("but a file that is new is just not part of it", async () => {
    using place = new Place(CLEAN);
    const adding: SkillScanner = {
      scan: async (request) => {
        const result = await scanner.scan(request);
        place.write("source/new.md", "\0");
        return result;
      },
      rules: () => scanner.rules(),
    };
    expect(await place.install({ scanner: adding })).toMatchObject({ kind: "installed" });
    expect(readdirSync(join(place.to, "weather"))).toEqual(["SKILL.md", "docs", "scripts"]);
  });
});

test.each(["../out.md", "docs/../../out.md", "/out.md", "\\x2e\\x2e/out.md"])(
  "an inventory that names %s is not believed",
  async (path) => {
    using place = new Place(CLEAN);
    const before = place.installed;
    const lying: SkillScanner = {
      scan: async (request) => {
        const result = await scanner.scan(request);
        return { ...result, inventory: result.inventory.map((entry) => (entry.path === "docs/a.md" ? { ...entry, path } : entry)) };
      },
      rules: () => scanner.rules(),
    };
    place.write("out.md", "a");
    await expect(place.install({ scanner: lying })).rejects.toThrow("is no path below a skill's folder");
    expect(place.installed).toEqual(before);
  },
);

describe("there is nothing to install", () => {
  test("where nothing is", async () => {
    using place = new Place(CLEAN);
    expect(
      await installSkill(join(place.folder.path, "nowhere"), { to: place.to, scanner, acceptWarnings: () => Promise.resolve(true) }),
    ).toMatchObject({
      kind: "refused",
      code: "UNREADABLE",
    });
  });

  test("in a link to a skill, which is refused", async () => {
    using place = new Place(CLEAN);
    symlinkSync("source", join(place.folder.path, "link"));
    const outcome = await installSkill(join(place.folder.path, "link"), {
      to: place.to,
      scanner,
      acceptWarnings: () => Promise.resolve(true),
    });
    expect(outcome).toMatchObject({ code: "REJECTED", message: expect.stringContaining("FS-ROOT-LINK") as unknown });
  });

  test("in a file that is no archive", async () => {
    using place = new Place({ "SKILL.md": WEATHER });
    const outcome = await installSkill(join(place.source, "SKILL.md"), {
      to: place.to,
      scanner,
      acceptWarnings: () => Promise.resolve(true),
    });
    expect(outcome).toMatchObject({ code: "UNREADABLE", message: expect.stringContaining("no zip file") as unknown });
    expect(readdirSync(place.to)).toEqual(["other"]);
  });
});

test("a link in the place of the skill is replaced, and what it leads to stays", async () => {
  using place = new Place(CLEAN);
  mkdirSync(join(place.folder.path, "elsewhere"));
  place.write("elsewhere/kept.md", "kept");
  symlinkSync("../elsewhere", join(place.to, "weather"));
  expect(await place.install()).toMatchObject({ code: "EXISTS" });
  expect(await place.install({ force: true })).toMatchObject({ kind: "installed" });
  expect(readdirSync(join(place.folder.path, "elsewhere"))).toEqual(["kept.md"]);
  expect(lstatSync(join(place.to, "weather")).isDirectory()).toBe(true);
});
