import { existsSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import { openRig } from "../../../test/executor-rig.ts";
import type { ExecutorRig } from "../../../test/executor-rig.ts";
import { NoSandbox, findSandbox } from "./index.ts";
import type { SandboxOptions } from "./index.ts";
import { readProcess } from "./process-table.ts";
import { workspaceProblem } from "./workspace.ts";

const environment = { PATH: "/usr/local/bin:/usr/bin:/bin", HOME: homedir() };
const found = await findSandbox({ environment });
const reason = found instanceof NoSandbox ? found.reason : undefined;
const needsSandbox = reason === undefined ? "" : ` (skipped: ${reason})`;

async function sandboxedRig(options: Partial<SandboxOptions> = {}, planted: Record<string, string> = {}): Promise<ExecutorRig> {
  return openRig({ sandbox: await findSandbox({ environment, ...options }), environment: planted });
}

describe.skipIf(reason !== undefined)(`a call in the sandbox${needsSandbox}`, () => {
  test("runs there where it has no grant, with its words, its folder, its input and its status", async () => {
    const rig = await sandboxedRig();
    rig.folder.write("sub/x", "");
    const { output, result } = rig.start(["sh", "-c", 'pwd; printf "[%s]" "$@"; echo; cat; exit 3', "sh", "--bind", "$x ", "--"], {
      cwd: join(rig.folder.path, "sub"),
    });
    const { callId, environment: where } = await output.call();
    await output.line(1);
    expect(where).toBe("sandbox");
    rig.executor.write(callId, "hello\n");
    rig.executor.write(callId, null);
    expect(await result).toEqual({ kind: "finished", environment: "sandbox", exitCode: 3, signal: null });
    expect(output.out).toBe(`${rig.folder.path}/sub\n[--bind][$x ][--]\nhello\n`);
    expect(await rig.calls()).toEqual([]);
  });

  test("reads its workspace, and no file outside", async () => {
    const rig = await sandboxedRig();
    using outside = temporaryFolder();
    const secret = outside.write("secret", "the secret\n");
    const twin = rig.folder.write("twin", "the secret\n");
    expect((await rig.run(["cat", twin])).output.out).toBe("the secret\n");
    const { output, result } = await rig.run(["cat", secret]);
    expect([output.out, result]).toEqual(["", expect.objectContaining({ exitCode: 1 })]);
    symlinkSync(secret, join(rig.folder.path, "link"));
    expect((await rig.run(["cat", "link"])).output.out).toBe("");

    await rig.elevate();
    expect((await rig.run(["cat", secret])).output.out).toBe("the secret\n");
  });

  test("sees nothing of the host but the programs of the system", async () => {
    const rig = await sandboxedRig();
    expect(existsSync("/etc/passwd")).toBe(true);
    const { output } = await rig.run([
      "sh",
      "-c",
      "ls /; ls -A /etc /tmp; ls -d /root /home /var /run /sys /mnt /opt /srv /work 2>/dev/null",
    ]);
    const names = output.out.split("\n");
    expect(names).toEqual(expect.arrayContaining(["bin", "dev", "etc", "proc", "tmp", "usr"]));
    const known = ["alternatives", "ld.so.cache", "bin", "dev", "etc", "lib", "lib32", "lib64", "libx32", "proc", "sbin", "tmp", "usr"];
    const folders = ["/etc:", "/tmp:", rig.folder.path.split("/").at(-1)];
    expect(names.filter((name) => name !== "" && !known.includes(name) && !folders.includes(name))).toEqual([]);
  });

  test("writes to its workspace and to a /tmp of its own, and nowhere else", async () => {
    const rig = await sandboxedRig();
    using outside = temporaryFolder();
    const places = [outside.path, "/", "/usr", "/etc", "/usr/bin", "/proc/sys/kernel"].map((folder) => join(folder, "flynn-marker"));
    const script = 'for place; do touch "$place" 2>/dev/null && echo "$place"; done; true';
    const mine = [join(rig.folder.path, "flynn-marker"), "/tmp/flynn-marker"];
    const { output } = await rig.run(["sh", "-c", script, "sh", ...mine, ...places]);
    expect(output.out.trimEnd().split("\n")).toEqual(mine);
    expect([...mine, ...places].filter((place) => existsSync(place))).toEqual(mine.slice(0, 1));
  });

  test("reaches no socket of the host, which the same program does outside", async () => {
    const rig = await sandboxedRig();
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const connect = ["bash", "-c", `: < /dev/tcp/127.0.0.1/${port} && echo connected`];
    const inside = await rig.run(connect);
    expect([inside.output.out, connections]).toEqual(["", 0]);
    expect((await rig.run(["sh", "-c", "tail -n +3 /proc/net/dev"])).output.out).toMatch(/^ *lo:.*\n$/u);

    await rig.elevate();
    expect((await rig.run(connect)).output.out).toBe("connected\n");
    expect(connections).toBe(1);
    await new Promise((resolve) => server.close(resolve));
  });

  test("has the network where that is allowed by name", async () => {
    const rig = await sandboxedRig({ allowNetwork: true });
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    expect((await rig.run(["bash", "-c", `: < /dev/tcp/127.0.0.1/${port} && echo connected`])).output.out).toBe("connected\n");
    await new Promise((resolve) => server.close(resolve));
  });

  test("has a clear environment", async () => {
    const rig = await sandboxedRig(
      {},
      { OPENAI_API_KEY: "sk-fake", LD_PRELOAD: "/nowhere.so", HOME: "/root", LANG: "C", TMPDIR: "/var/tmp" },
    );
    const { output } = await rig.run(["env"]);
    const lines = output.out.trimEnd().split("\n").toSorted();
    expect(lines).toEqual(["HOME=/tmp", "LANG=C", "PATH=/usr/bin:/bin", `PWD=${rig.folder.path}`, "TMPDIR=/tmp"]);
    const others = await rig.run(["sh", "-c", "cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -c -e KEY -e PRELOAD"]);
    expect(others.output.out).toBe("0\n");
  });

  test("has no capability, no new privileges, no process but its own, and makes no namespace", async () => {
    const rig = await sandboxedRig();
    const status = (await rig.run(["cat", "/proc/self/status"])).output.out;
    expect(status.match(/^(Cap(Eff|Prm|Bnd|Inh|Amb)|NoNewPrivs):\t.*$/gmu)).toEqual([
      ...["Inh", "Prm", "Eff", "Bnd", "Amb"].map((set) => `Cap${set}:\t${"0".repeat(16)}`),
      "NoNewPrivs:\t1",
    ]);
    expect((await rig.run(["sh", "-c", `kill -0 ${process.pid}`])).result).toMatchObject({ exitCode: 1 });
    const { result } = await rig.run(["unshare", "--user", "true"]);
    expect(result).toMatchObject({ kind: "finished", exitCode: 1 });
  });

  test("works in its workspace only, with programs that are there", async () => {
    const rig = await sandboxedRig();
    using outside = temporaryFolder();
    const tool = outside.write("tool", "#!/bin/sh\n", 0o755);
    symlinkSync(outside.path, join(rig.folder.path, "link"));
    expect((await rig.run(["true"], { cwd: outside.path })).result).toMatchObject({ kind: "refused", code: "OUTSIDE_WORKSPACE" });
    expect((await rig.run(["true"], { cwd: join(rig.folder.path, "link") })).result).toMatchObject({
      kind: "refused",
      code: "OUTSIDE_WORKSPACE",
    });
    expect((await rig.run([tool])).result).toMatchObject({ kind: "refused", code: "NOT_IN_SANDBOX" });
    expect((await rig.run(["link/tool"])).result).toMatchObject({ kind: "refused", code: "NOT_IN_SANDBOX" });
    rig.folder.write("tool", "#!/bin/sh\necho mine\n", 0o755);
    expect((await rig.run(["./tool"])).output.out).toBe("mine\n");

    outside.write("audit/log", "an entry\n");
    const wider = await sandboxedRig({ readOnly: [outside.path], hidden: [join(outside.path, "audit")] });
    expect((await wider.run([tool])).result).toMatchObject({ kind: "finished", exitCode: 0 });
    expect((await wider.run(["touch", tool])).result).toMatchObject({ kind: "finished", exitCode: 1 });
    expect((await wider.run(["ls", join(outside.path, "audit")])).output).toMatchObject({ out: "", err: "" });
  });

  test("does not see a hidden folder in its workspace, and cannot move it to where it is not hidden", async () => {
    using workspace = temporaryFolder();
    const hidden = join(workspace.path, "state/deep/audit");
    const log = workspace.write("state/deep/audit/log", "an entry\n");
    workspace.write("state/twin", "a twin\n");
    const sandbox = await findSandbox({ environment, hidden: [hidden] });
    const rig = openRig({ sandbox, workspace: workspace.path });
    const run = async (script: string): Promise<string> => (await rig.run(["sh", "-c", script], { cwd: workspace.path })).output.out;
    expect(await run("cat state/twin state/deep/audit/log; echo x > state/deep/audit/log; ls state/deep/audit")).toBe("a twin\nlog\n");
    expect(await run("mv state/deep/audit a; mv state/deep b; mv state c; rm -rf state/deep; true")).toBe("");
    expect(readFileSync(log, "utf8")).toBe("an entry\n");
    expect(await run("grep -rh entry .; true")).toBe("");

    const later = await findSandbox({ environment, hidden: [hidden, join(workspace.path, "not/yet/there")] });
    const early = openRig({ sandbox: later, workspace: workspace.path });
    expect((await early.run(["true"], { cwd: workspace.path })).result).toMatchObject({ kind: "finished", exitCode: 0 });
    expect((await rig.run(["true"], { cwd: hidden })).result).toMatchObject({ kind: "refused", code: "OUTSIDE_WORKSPACE" });
  });

  test("is not run in a workspace that became a link to the system", async () => {
    using parent = temporaryFolder();
    parent.write("workspace/x", "");
    const workspace = join(parent.path, "workspace");
    const sandbox = await findSandbox({ environment });
    const rig = openRig({ sandbox, workspace });
    expect((await rig.run(["true"], { cwd: workspace })).result).toMatchObject({ kind: "finished", exitCode: 0 });
    renameSync(workspace, join(parent.path, "old"));
    symlinkSync("/usr", workspace);
    expect((await rig.run(["true"], { cwd: workspace })).result).toMatchObject({ kind: "refused", code: "BAD_WORKSPACE" });
  });

  test("leaves no process behind, and is killed by close", async () => {
    const rig = await sandboxedRig();
    const { result } = await rig.run(["sh", "-c", "setsid sleep 987 & exit 0"]);
    expect(result).toMatchObject({ kind: "finished", environment: "sandbox", exitCode: 0 });

    const running = rig.start(["sh", "-c", "echo ready; setsid sleep 987"]);
    const { pid } = await running.output.call();
    await running.output.line(0);
    await rig.executor.close();
    expect(await running.result).toEqual({ kind: "finished", environment: "sandbox", exitCode: null, signal: "SIGKILL" });
    expect(readProcess(pid)?.isOver ?? true).toBe(true);
    expect(rig.terminated).toEqual([]);
  });
});

describe("where there is no sandbox", () => {
  test("for want of bwrap, nothing runs, and the answer says so", async () => {
    using folder = temporaryFolder();
    folder.write("true", "#!/bin/sh\n", 0o755);
    const sandbox = await findSandbox({ environment: { PATH: folder.path } });
    const rig = openRig({ sandbox });
    const { result } = await rig.run(["touch", "marker"]);
    expect(result).toMatchObject({ kind: "refused", code: "NO_SANDBOX", message: expect.stringContaining("bwrap was not found on PATH") });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
  });

  test("because the kernel forbids namespaces, the answer has what bwrap says", async () => {
    using folder = temporaryFolder();
    folder.write("bwrap", "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n", 0o755);
    const sandbox = await findSandbox({ environment: { PATH: `${folder.path}:/usr/bin:/bin` } });
    const rig = openRig({ sandbox });
    const { result } = await rig.run(["touch", "marker"]);
    expect(result).toMatchObject({ code: "NO_SANDBOX", message: expect.stringContaining("No permissions to create a new namespace") });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
  });

  test("because it is lost after it was tried, the call fails and does not come to the host", async () => {
    using folder = temporaryFolder();
    const bwrap = folder.write("bwrap", "#!/bin/sh\nexit 0\n", 0o755);
    const sandbox = await findSandbox({ environment: { PATH: `${folder.path}:/usr/bin:/bin` } });
    renameSync(bwrap, `${bwrap}.gone`);
    const rig = openRig({ sandbox });
    expect((await rig.run(["touch", "marker"])).result).toMatchObject({ kind: "refused", code: "NOT_STARTED" });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
  });
});

describe("a workspace", () => {
  const limits = { home: "/home/somebody", hidden: ["/srv/audit"] };

  test.each(["/", "/usr", "/usr/lib", "/etc", "/home", "/tmp", "/proc/self", "/var", "/nowhere"])("is not %s", (path) => {
    expect(workspaceProblem(path, limits)).toMatch(/^the workspace \//u);
  });

  test("is not the home, nor a folder above it, nor one in a hidden folder; one in the home is", () => {
    using folder = temporaryFolder();
    folder.write("home/workspace/x", "");
    const home = join(folder.path, "home");
    const workspace = join(home, "workspace");
    expect(workspaceProblem(folder.path, { home, hidden: [] })).toContain("holds the home");
    expect(workspaceProblem(home, { home, hidden: [] })).toContain("holds the home");
    expect(workspaceProblem(workspace, { home, hidden: [] })).toBeUndefined();
    expect(workspaceProblem(workspace, { home, hidden: [home] })).toContain("is hidden");
    expect(workspaceProblem(workspace, { home, hidden: [join(workspace, "audit")] })).toBeUndefined();
  });
});
