import { CodedError, VirtualClock } from "@flynn/sdk/kernel";
import { describe, expect, test } from "vitest";

import { MemoryFileSystem, systemError } from "../../../test/memory-file-system.ts";
import { findingNames, scan } from "../../../test/scanning.ts";
import { GOOD_SKILL_FILE } from "../../../test/temporary-skill.ts";
import { ReferenceSkillScanner } from "../index.ts";

const files = { "SKILL.md": GOOD_SKILL_FILE, "a.md": "aaaa", "sub/b.md": "b" };

/** A skill in memory, set up to go wrong, and its scan. */
async function scanOf(prepare: (fileSystem: MemoryFileSystem) => void): Promise<Awaited<ReturnType<typeof scan>> & { left: number }> {
  const fileSystem = new MemoryFileSystem(files);
  prepare(fileSystem);
  const result = await scan("/skill", {}, { fileSystem });
  return { ...result, left: fileSystem.openNow.size };
}

test("the same skill is allowed when nothing goes wrong", async () => {
  expect(await scanOf(() => {})).toMatchObject({ verdict: "allow", findings: [], left: 0 });
});

describe("a skill that changes while it is scanned", () => {
  const onRead =
    (act: (fileSystem: MemoryFileSystem) => void, at = 1) =>
    (fileSystem: MemoryFileSystem) => {
      fileSystem.hooks.read = (path, count) => {
        if (path === "/skill/a.md" && count === at) act(fileSystem);
      };
    };
  const cases: [string, (fileSystem: MemoryFileSystem) => void, string][] = [
    ["a file that is touched during its read", onRead((fileSystem) => fileSystem.touch("/skill/a.md")), "FS-CHANGED a.md"],
    ["a file that is touched at the end of its read", onRead((fileSystem) => fileSystem.touch("/skill/a.md"), 2), "FS-CHANGED a.md"],
    [
      "a file that is replaced between listing and opening",
      (fileSystem) => {
        fileSystem.hooks.open = (path) => {
          if (path === "/skill/a.md") fileSystem.write(path, "bbbb");
        };
      },
      "FS-CHANGED a.md",
    ],
    [
      "a file that is replaced by a link",
      (fileSystem) => {
        fileSystem.hooks.open = (path) => {
          if (path === "/skill/a.md") fileSystem.put(path, { kind: "link" });
        };
      },
      "FS-CHANGED a.md",
    ],
    [
      "a file that is removed",
      (fileSystem) => {
        fileSystem.hooks.open = (path) => {
          if (path === "/skill/sub/b.md") fileSystem.remove(path);
        };
      },
      "FS-CHANGED sub/b.md",
    ],
    [
      "a file that is added to a folder that was listed",
      onRead((fileSystem) => fileSystem.write("/skill/sub/late.md", "late")),
      "FS-CHANGED sub",
    ],
    [
      "a folder that is replaced when it is listed",
      (fileSystem) => {
        fileSystem.hooks.list = (path) => {
          if (path === "/skill/sub") fileSystem.touch(path);
        };
      },
      "FS-CHANGED sub",
    ],
    ["a file that gets a second name", onRead((fileSystem) => fileSystem.setLinks("/skill/a.md", 2n)), "FS-CHANGED a.md"],
  ];

  test.each(cases)("%s is refused", async (_, prepare, finding) => {
    const result = await scanOf(prepare);
    expect(findingNames(result)).toContain(finding);
    expect(result).toMatchObject({ verdict: "reject", complete: false, treeDigest: null, left: 0 });
  });

  test("a folder that is replaced when it is listed keeps the names in it untold", async () => {
    const result = await scanOf((fileSystem) => {
      fileSystem.hooks.list = (path) => {
        if (path === "/skill/sub") fileSystem.touch(path);
      };
    });
    expect(result.inventory.map((entry) => entry.path)).toEqual(["SKILL.md", "a.md", "sub"]);
  });

  test.each([
    ["longer", 2n],
    ["shorter", 6n],
  ])("a file that is %s than its metadata says is refused, and read to one byte more at most", async (_, size) => {
    const fileSystem = new MemoryFileSystem(files);
    fileSystem.write("/skill/a.md", "aaaa", size);
    const result = await scan("/skill", {}, { fileSystem });
    expect(findingNames(result)).toEqual(["FS-CHANGED a.md"]);
    expect(fileSystem.bytesRead).toBeLessThanOrEqual(GOOD_SKILL_FILE.length + 1 + Math.min(4, Number(size) + 1));
  });
});

describe("what cannot be read", () => {
  const failing = (hook: "lstat" | "open" | "read" | "list", path: string, code: string) => (fileSystem: MemoryFileSystem) => {
    fileSystem.hooks[hook] = (called: string) => {
      if (called === path) throw systemError(code);
    };
  };

  test.each([
    ["open", "/skill/a.md", "EACCES", "FS-UNREADABLE a.md"],
    ["open", "/skill/a.md", "EMFILE", "FS-UNREADABLE a.md"],
    ["read", "/skill/a.md", "EIO", "FS-UNREADABLE a.md"],
    ["list", "/skill/sub", "EACCES", "FS-UNREADABLE sub"],
    ["list", "/skill", "EACCES", "FS-UNREADABLE"],
    ["lstat", "/skill/sub/b.md", "EACCES", "FS-UNREADABLE sub/b.md"],
    ["lstat", "/skill", "EACCES", "FS-UNREADABLE"],
  ] as const)("%s of %s that fails with %s is a finding, and the scan goes on", async (hook, path, code, finding) => {
    const result = await scanOf(failing(hook, path, code));
    expect(findingNames(result)).toEqual([finding]);
    expect(result).toMatchObject({ verdict: "reject", complete: false, left: 0 });
    const entry = result.inventory.find((candidate) => `/skill/${candidate.path}` === path);
    if (path !== "/skill") expect(entry).toMatchObject({ disposition: "refused", sha256: null });
  });

  test("a fault of the scanner is a finding that does not show what was thrown", async () => {
    const fileSystem = new MemoryFileSystem(files);
    fileSystem.hooks.read = (path) => {
      if (path === "/skill/a.md") throw new TypeError("a detail of the file");
    };
    const heard: unknown[] = [];
    const scanner = new ReferenceSkillScanner({ clock: new VirtualClock(), fileSystem, onInternalError: (error) => heard.push(error) });
    const result = await scanner.scan({ root: "/skill", phase: "load" });
    expect(findingNames(result)).toEqual(["INT-ERROR a.md"]);
    expect(result.inventory.map(({ path, disposition }) => `${path} ${disposition}`)).toEqual([
      "SKILL.md read",
      "a.md refused",
      "sub read",
      "sub/b.md read",
    ]);
    expect(result).toMatchObject({ verdict: "reject", complete: false });
    expect(JSON.stringify(result)).not.toContain("detail");
    expect(heard).toHaveLength(1);
    expect(fileSystem.openNow.size).toBe(0);
  });
});

describe("an abort", () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}.md`, "x"]));

  test("before the scan fails with ABORTED and opens nothing", async () => {
    const fileSystem = new MemoryFileSystem(files);
    const failure = await scan("/skill", {}, { fileSystem, signal: AbortSignal.abort() }).catch((error: unknown) => error);
    expect(CodedError.is(failure) && failure.code).toBe("ABORTED");
    expect(fileSystem.listedNames + fileSystem.opened.length).toBe(0);
  });

  test("during the scan is seen within the steps between two turns of the event loop, and leaves nothing open", async () => {
    const fileSystem = new MemoryFileSystem({ ...files, ...many });
    const abort = new AbortController();
    let openedAtAbort = 0;
    fileSystem.hooks.open = () => {
      if (fileSystem.opened.length !== 100) return;
      setImmediate(() => {
        openedAtAbort = fileSystem.opened.length;
        abort.abort();
      });
    };
    const failure = await scan("/skill", {}, { fileSystem, signal: abort.signal }).catch((error: unknown) => error);
    expect(CodedError.is(failure) && failure.code).toBe("ABORTED");
    expect(openedAtAbort).toBeLessThan(200);
    expect(fileSystem.opened.length - openedAtAbort).toBeLessThan(100);
    expect(fileSystem.openNow.size).toBe(0);
  });

  test("does not keep the scanner from answering the next scan", async () => {
    const scanner = new ReferenceSkillScanner({ clock: new VirtualClock(), fileSystem: new MemoryFileSystem(files) });
    await expect(scanner.scan({ root: "/skill", phase: "load" }, { signal: AbortSignal.abort() })).rejects.toThrow();
    expect((await scanner.scan({ root: "/skill", phase: "load" })).verdict).toBe("allow");
  });

  test("many short scans in a row give the event loop its turns", async () => {
    const scanner = new ReferenceSkillScanner({ clock: new VirtualClock(), fileSystem: new MemoryFileSystem(files) });
    let turns = 0;
    const count = (): void => {
      turns += 1;
      handle = setImmediate(count);
    };
    let handle = setImmediate(count);
    for (let round = 0; round < 100; round += 1) await scanner.scan({ root: "/skill", phase: "load" });
    clearImmediate(handle);
    expect(turns).toBeGreaterThan(5);
  });
});

describe("a hundred thousand entries", () => {
  const names = Array.from({ length: 100_000 }, (_, index) => `file-${index}`);

  test("in one folder are not all listed", async () => {
    const fileSystem = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE });
    for (const name of names) fileSystem.write(`/skill/${name}`, "");
    const result = await scan("/skill", {}, { fileSystem });
    expect(findingNames(result)).toEqual(["SIZE-COUNT"]);
    expect(result.inventory).toEqual([]);
    expect(fileSystem.listedNames).toBeLessThan(2_000);
    expect(fileSystem.opened).toEqual([]);
  });

  test("give the same result in any order", async () => {
    const results = [names, names.toReversed()].map((order) => {
      const fileSystem = new MemoryFileSystem();
      for (const name of order.slice(0, 5_000)) fileSystem.write(`/skill/x/${name}`, "");
      return scan("/skill", {}, { fileSystem });
    });
    const [first, second] = await Promise.all(results);
    expect(second).toEqual(first);
  });

  test("that are links end the scan as well", async () => {
    const fileSystem = new MemoryFileSystem({ "SKILL.md": GOOD_SKILL_FILE });
    for (let folder = 0; folder < 50; folder += 1) {
      for (let index = 0; index < 100; index += 1) fileSystem.put(`/skill/${folder}/${index}`, { kind: "link" });
    }
    const result = await scan("/skill", {}, { fileSystem });
    expect(result.findings.filter((finding) => finding.category === "size")).toHaveLength(1);
    expect(result.findings.length).toBeLessThan(1_200);
    expect(result.complete).toBe(false);
  });
});
