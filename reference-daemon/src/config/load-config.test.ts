import { chmodSync, chownSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { elevationPolicySchema } from "@flynn/sdk/elevation-gate";
import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../../test/executor-folder.ts";
import { configPlace } from "./config-place.ts";
import { elevationPolicyOf } from "./elevation-policy.ts";
import { loadConfig } from "./load-config.ts";
import { isInWorkspace } from "./within-workspace.ts";

const DEFAULTS = {
  enabled: false,
  maxTtlMs: 900_000,
  pendingTtlMs: 120_000,
  maxAttempts: 3,
  lockoutMs: 30_000,
  hookTimeoutMs: 30_000,
  principals: [],
  admins: [],
  agents: ["main"],
  tools: ["exec"],
  deniedTools: [],
};

describe("the place", () => {
  test.each([
    ["the file that was given", "c.json", { FLYNN_CONFIG: "/own.json" }, { path: "/here/c.json", isNamed: true }],
    ["FLYNN_CONFIG", undefined, { FLYNN_CONFIG: "own.json", XDG_CONFIG_HOME: "/xdg" }, { path: "/here/own.json", isNamed: true }],
    [
      "XDG_CONFIG_HOME",
      undefined,
      { FLYNN_CONFIG: "", XDG_CONFIG_HOME: "/xdg", HOME: "/home/a" },
      { path: "/xdg/flynn/config.json", isNamed: false },
    ],
    ["HOME", undefined, { XDG_CONFIG_HOME: "xdg", HOME: "/home/a" }, { path: "/home/a/.config/flynn/config.json", isNamed: false }],
    ["nowhere", undefined, {}, undefined],
  ])("is %s", (_, given, environment, place) => {
    expect(configPlace(given, { environment, cwd: "/here" })).toEqual(place);
  });
});

describe("without a file", () => {
  test("elevation is off, and the rest is narrow", async () => {
    expect(await loadConfig(undefined)).toEqual({ elevation: DEFAULTS });
    expect(await loadConfig({ path: "/nowhere/config.json", isNamed: false })).toEqual({ elevation: DEFAULTS });
    expect(elevationPolicySchema.safeParse(DEFAULTS).success).toBe(true);
  });

  test("that somebody named, it is a mistake", async () => {
    await expect(loadConfig({ path: "/nowhere/config.json", isNamed: true })).rejects.toMatchObject({
      code: "MISSING",
      message: "There is no configuration at /nowhere/config.json",
    });
  });
});

/** The message of the problem with a file that holds this, without its path. */
async function problemIn(text: string): Promise<string> {
  using folder = temporaryFolder();
  const path = folder.write("config.json", text, 0o600);
  try {
    await loadConfig({ path, isNamed: true });
    return "none";
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(path, "FILE") : "no error";
  }
}

describe("a file", () => {
  test("fills in what it leaves out, and self is who runs flynn", async () => {
    using folder = temporaryFolder();
    const elevation = { enabled: true, maxTtlMs: 60_000, principals: ["self", "@alice:example.invalid", "local:7"], admins: ["self"] };
    const path = folder.write("config.json", JSON.stringify({ elevation }), 0o600);
    const config = await loadConfig({ path, isNamed: false });
    expect(config).toEqual({ elevation: { ...DEFAULTS, ...elevation } });
    const policy = elevationPolicyOf(config.elevation, "local:7");
    expect(policy).toEqual({ ...config.elevation, principals: ["local:7", "@alice:example.invalid"], admins: ["local:7"] });
    expect(elevationPolicySchema.safeParse(policy).success).toBe(true);
  });

  test("may be empty of settings", async () => {
    expect(await problemIn("{}")).toBe("none");
    expect(await problemIn('{ "elevation": {} }')).toBe("none");
  });

  test.each([
    ["", "FILE:1:1: A value is missing"],
    ['{\n  "elevation": {,}\n}', "FILE:2:17: A key in double quotes is missing"],
    ["[]", "FILE: Invalid input: expected object, received array"],
    ['{ "elevation": null }', "FILE: elevation: Invalid input: expected object, received null"],
    ['{ "elevated": {} }', 'FILE: Unrecognized key: "elevated"'],
    ['{ "elevation": { "enabled": "yes" } }', "FILE: elevation.enabled: Invalid input: expected boolean, received string"],
    ['{ "elevation": { "maxTtl": 1 } }', 'FILE: elevation: Unrecognized key: "maxTtl"'],
    ['{ "elevation": { "maxTtlMs": 999999999 } }', "FILE: elevation.maxTtlMs: Too big: expected number to be <=86400000"],
    ['{ "elevation": { "tools": ["Exec"] } }', "FILE: elevation.tools.0: Invalid string: must match pattern /^[a-z][a-z0-9._-]{0,63}$/u"],
    ['{ "elevation": { "enabled": false, "enabled": true } }', 'FILE:1:36: The key "enabled" is there twice'],
    ['{ "__proto__": { "elevation": { "enabled": true } } }', 'FILE: Unrecognized key: "__proto__"'],
  ])("is refused with the place of what is wrong: %s", async (text, problem) => {
    expect(await problemIn(text)).toBe(problem);
  });
});

describe("who could have written it", () => {
  test.each([
    [0o600, 0o700],
    [0o644, 0o755],
    [0o444, 0o555],
    [0o600, 0o1777],
  ])("is its user: mode %o in a folder of %o", async (mode, folderMode) => {
    using folder = temporaryFolder();
    const path = folder.write("etc/config.json", "{}");
    chmodSync(path, mode);
    chmodSync(join(folder.path, "etc"), folderMode);
    await expect(loadConfig({ path, isNamed: true })).resolves.toBeDefined();
  });

  test.each([0o620, 0o602, 0o666, 0o664])("is also others: mode %o", async (mode) => {
    using folder = temporaryFolder();
    const path = folder.write("config.json", "{}");
    chmodSync(path, mode);
    await expect(loadConfig({ path, isNamed: false })).rejects.toMatchObject({
      code: "UNSAFE",
      message: `${path} has the mode 0${mode.toString(8)}, so that others could allow themselves anything. Run: chmod go-w ${path}`,
    });
  });

  test.each([0o770, 0o707])("is also others, who could put another in its place: folder of %o", async (mode) => {
    using folder = temporaryFolder();
    const path = folder.write("etc/config.json", "{}", 0o600);
    chmodSync(join(folder.path, "etc"), mode);
    await expect(loadConfig({ path, isNamed: true })).rejects.toMatchObject({
      code: "UNSAFE",
      message: expect.stringContaining(`Run: chmod go-w ${join(folder.path, "etc")}`) as unknown,
    });
  });

  test("is looked for where a link leads", async () => {
    using folder = temporaryFolder();
    const path = folder.write("open/config.json", "{}", 0o600);
    const link = join(folder.path, "link.json");
    symlinkSync(path, link);
    await expect(loadConfig({ path: link, isNamed: true })).resolves.toBeDefined();
    chmodSync(join(folder.path, "open"), 0o777);
    await expect(loadConfig({ path: link, isNamed: true })).rejects.toMatchObject({ code: "UNSAFE" });
  });

  test.runIf(process.getuid?.() === 0)("is not somebody else", async () => {
    using folder = temporaryFolder();
    const path = folder.write("config.json", "{}", 0o600);
    chownSync(path, 12_345, 12_345);
    await expect(loadConfig({ path, isNamed: true })).rejects.toMatchObject({
      code: "UNSAFE",
      message: expect.stringContaining("belongs to another user") as unknown,
    });
  });

  test("is nobody for a folder", async () => {
    using folder = temporaryFolder();
    await expect(loadConfig({ path: folder.path, isNamed: true })).rejects.toMatchObject({ code: "INVALID" });
  });
});

test("a file is in the workspace when what can be written there changes what is read", () => {
  using folder = temporaryFolder();
  const workspace = join(folder.path, "workspace");
  mkdirSync(join(workspace, "etc"), { recursive: true });
  const outside = folder.write("etc/config.json", "{}");
  symlinkSync(join(workspace, "etc"), join(folder.path, "into"));
  symlinkSync(outside, join(workspace, "out.json"));
  symlinkSync(join(folder.path, "etc"), join(workspace, "out"));
  symlinkSync(workspace, join(folder.path, "alias"));
  const inside = ["etc/config.json", "not-there-yet/config.json", "out.json", "out/config.json", "."].map((name) => join(workspace, name));
  for (const file of [...inside, join(folder.path, "into/config.json"), join(folder.path, "alias/out.json")]) {
    expect([file, isInWorkspace(file, workspace)]).toEqual([file, true]);
  }
  expect(isInWorkspace(outside, workspace)).toBe(false);
  expect(isInWorkspace(join(folder.path, "workspace.json"), workspace)).toBe(false);
  expect(isInWorkspace(join(workspace, "out.json"), join(folder.path, "alias"))).toBe(true);
});
