import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { openRig } from "../../../test/executor-rig.ts";
import type { ExecutorRig, Meanwhile } from "../../../test/executor-rig.ts";

const SCRIPT = '#!/bin/sh\ntouch "$1"\n';

interface Change {
  readonly what: string;
  /** Prepares the folder and gives the call; `marker` is what it makes when it runs. */
  prepare(folder: string, marker: string): { readonly argv: readonly string[]; readonly cwd?: string };
  change(folder: string): void;
}

const CHANGES: readonly Change[] = [
  {
    what: "the script is written anew",
    prepare: (folder, marker) => {
      writeFileSync(join(folder, "script"), SCRIPT);
      return { argv: ["sh", "script", marker] };
    },
    change: (folder) => writeFileSync(join(folder, "script"), `${SCRIPT}: more\n`),
  },
  {
    what: "the script is written anew with as many letters",
    prepare: (folder, marker) => {
      writeFileSync(join(folder, "script"), SCRIPT);
      return { argv: ["sh", "-eu", "--", join(folder, "script"), marker] };
    },
    change: (folder) => writeFileSync(join(folder, "script"), SCRIPT.replace("touch", "chmod")),
  },
  {
    what: "the link to the script leads elsewhere",
    prepare: (folder, marker) => {
      writeFileSync(join(folder, "good"), SCRIPT);
      writeFileSync(join(folder, "other"), SCRIPT);
      symlinkSync("good", join(folder, "script"));
      return { argv: ["sh", "script", marker] };
    },
    change: (folder) => {
      rmSync(join(folder, "script"));
      symlinkSync("other", join(folder, "script"));
    },
  },
  {
    what: "the script is gone",
    prepare: (folder, marker) => {
      writeFileSync(join(folder, "script"), SCRIPT);
      return { argv: ["env", "sh", "script", marker] };
    },
    change: (folder) => rmSync(join(folder, "script")),
  },
  {
    what: "the executable is another",
    prepare: (folder, marker) => {
      writeFileSync(join(folder, "tool"), SCRIPT, { mode: 0o755 });
      return { argv: ["./tool", marker] };
    },
    change: (folder) => {
      writeFileSync(join(folder, "next"), `${SCRIPT}: more\n`, { mode: 0o755 });
      renameSync(join(folder, "next"), join(folder, "tool"));
    },
  },
  {
    what: "another executable of that name comes first on PATH",
    prepare: (folder, marker) => {
      mkdirSync(join(folder, "bin1"));
      mkdirSync(join(folder, "bin2"));
      writeFileSync(join(folder, "bin2/planted-tool"), SCRIPT, { mode: 0o755 });
      return { argv: ["planted-tool", marker] };
    },
    change: (folder) => writeFileSync(join(folder, "bin1/planted-tool"), SCRIPT, { mode: 0o755 }),
  },
  {
    what: "the link to the working folder leads elsewhere",
    prepare: (folder, marker) => {
      mkdirSync(join(folder, "one"));
      mkdirSync(join(folder, "two"));
      symlinkSync("one", join(folder, "cwd"));
      return { argv: ["touch", marker], cwd: join(folder, "cwd") };
    },
    change: (folder) => {
      rmSync(join(folder, "cwd"));
      symlinkSync("two", join(folder, "cwd"));
    },
  },
  {
    what: "the working folder is another of the same name",
    prepare: (folder, marker) => {
      mkdirSync(join(folder, "cwd"));
      return { argv: ["touch", marker], cwd: join(folder, "cwd") };
    },
    change: (folder) => {
      renameSync(join(folder, "cwd"), join(folder, "old"));
      mkdirSync(join(folder, "cwd"));
    },
  },
];

async function runWith(
  change: Change,
  when?: keyof Meanwhile,
): Promise<{ readonly rig: ExecutorRig; readonly result: object; readonly ran: boolean }> {
  const meanwhile: Meanwhile = {};
  const environment: Record<string, string> = {};
  // The rig makes the folder, so PATH is settled with a folder of its own.
  const paths = openRig();
  environment["PATH"] = `${join(paths.folder.path, "bin1")}:${join(paths.folder.path, "bin2")}:/usr/bin:/bin`;
  const rig = openRig({ meanwhile, environment });
  const folder = paths.folder.path;
  const marker = join(rig.folder.path, "marker");
  const { argv, cwd = folder } = change.prepare(folder, marker);
  if (when) meanwhile[when] = () => change.change(folder);
  await rig.elevate();
  const { result } = await rig.run(argv, { cwd });
  const ran = existsSync(marker);
  return { rig, result, ran };
}

describe.each(CHANGES)("$what", (change) => {
  test("between check and acquire: the gate denies it, and nothing runs", async () => {
    const { rig, result, ran } = await runWith(change, "afterCheck");
    expect(result).toMatchObject({ kind: "refused", code: "DENIED_DRIFT" });
    expect(result).toHaveProperty("message", expect.stringContaining("on the host or in the sandbox"));
    expect(ran).toBe(false);
    expect((await rig.calls()).filter(({ type }) => type === "tool.exec.start")).toEqual([]);
  });

  test.each(["beforeAcquire", "afterAcquire"] as const)("%s: seen before the program is started, and nothing runs", async (when) => {
    // A new program on PATH or a link to the folder does not matter any more: what was resolved is what runs.
    const isHarmless = /PATH|link to the working folder/u.test(change.what);
    const { rig, result, ran } = await runWith(change, when);
    expect(result).toMatchObject(isHarmless ? { kind: "finished", exitCode: 0 } : { kind: "refused", code: "DENIED_DRIFT" });
    expect(ran).toBe(isHarmless);
    if (!isHarmless) expect((await rig.calls()).at(-1)).toMatchObject({ type: "tool.exec.end", cause: "not-started" });
  });

  test("not at all: the twin runs", async () => {
    const { result, ran } = await runWith(change);
    expect(result).toMatchObject({ kind: "finished", exitCode: 0 });
    expect(ran).toBe(true);
  });
});

test("a script that cannot be compared does not run on the host", async () => {
  const rig = openRig();
  await rig.elevate();
  rig.folder.write("package/__main__.py", "");
  expect((await rig.run(["sh", "/dev/stdin"])).result).toMatchObject({ kind: "refused", code: "UNBOUND_SCRIPT" });
  expect((await rig.run(["perl", "package"])).result).toMatchObject({ kind: "refused", code: "UNBOUND_SCRIPT" });
});
