import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { CONTEXT, openRig } from "../../../test/executor-rig.ts";
import type { ExecutorRig } from "../../../test/executor-rig.ts";

describe("without a grant", () => {
  test("and without a sandbox nothing runs, and the answer says why and what to do", async () => {
    const rig = openRig();
    const marker = join(rig.folder.path, "marker");
    const { result } = await rig.run(["touch", marker]);
    expect(result).toMatchObject({ kind: "refused", code: "NO_SANDBOX" });
    expect(result).toHaveProperty("message", expect.stringMatching(/this test has none.*Install bubblewrap.*\/elevate/u));
    expect(existsSync(marker)).toBe(false);

    await rig.elevate();
    expect((await rig.run(["touch", marker])).result).toMatchObject({ kind: "finished", environment: "host", exitCode: 0 });
    expect(existsSync(marker)).toBe(true);
  });

  test("a tool that the policy denies does not run, elevated or not", async () => {
    const rig = openRig();
    await rig.elevate();
    expect((await rig.run(["true"], { tool: "forbidden" })).result).toMatchObject({ kind: "refused", code: "DENIED_POLICY" });
  });

  test("a tool outside of the grant stays in the sandbox", async () => {
    const rig = openRig();
    await rig.elevate();
    expect((await rig.run(["true"], { tool: "other" })).result).toMatchObject({ kind: "refused", code: "NO_SANDBOX" });
  });
});

describe("with a grant", () => {
  test("a call runs on the host, with its words as they are, and no shell in between", async () => {
    const rig = openRig();
    await rig.elevate();
    const words = ["a b ", "$(touch x)", "; touch x", "*", "", "é", "-n"];
    const { output, result } = await rig.run(["printf", "[%s]", ...words]);
    expect(result).toEqual({ kind: "finished", environment: "host", exitCode: 0, signal: null });
    expect(Buffer.from(output.out, "latin1").toString()).toBe(words.map((word) => `[${word}]`).join(""));
    expect(existsSync(join(rig.folder.path, "x"))).toBe(false);
  });

  test("the log has the start before the end, of the same lease and call", async () => {
    const rig = openRig();
    const grantId = await rig.elevate();
    await rig.run(["sh", "-c", "exit 3"]);
    const events = await rig.calls();
    expect(events.map(({ type, exitCode, cause, environment }) => ({ type, exitCode, cause, environment }))).toEqual([
      { type: "tool.exec.start", exitCode: null, cause: null, environment: "host" },
      { type: "tool.exec.end", exitCode: 3, cause: "exited", environment: "host" },
    ]);
    expect(new Set(events.map((event) => `${event.grantId} ${event.leaseId} ${event.callDigest}`)).size).toBe(1);
    expect(events[0]).toMatchObject({ grantId, reason: "a test of the executor", remainingMs: 60_000, preview: 'sh -c "exit 3"' });
  });

  test("the log has the start before the program has done anything", async () => {
    const seen: boolean[] = [];
    const rig: ExecutorRig = openRig({
      meanwhile: {
        afterAcquire: () => seen.push(rig.audit.at(-1)?.type === "tool.exec.start", existsSync(join(rig.folder.path, "marker"))),
      },
    });
    await rig.elevate();
    await rig.run(["touch", "marker"]);
    expect(seen).toEqual([true, false]);
  });

  test("a call that cannot be put into the log does not run, here or in the sandbox", async () => {
    const rig = openRig();
    await rig.elevate();
    rig.isAuditBroken = true;
    const { result } = await rig.run(["touch", "marker"]);
    expect(result).toMatchObject({ kind: "refused", code: "DENIED_AUDIT_UNAVAILABLE" });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
  });

  test("one call is all that a grant for one call gives, whatever becomes of it", async () => {
    const rig = openRig();
    await rig.elevate("once");
    const results = await Promise.all([1, 2, 3].map(async () => (await rig.run(["true"])).result));
    expect(results.filter(({ kind }) => kind === "finished")).toHaveLength(1);
    expect((await rig.run(["true"])).result).toMatchObject({ kind: "refused", code: "NO_SANDBOX" });
  });

  test("a program that the system does not start is refused, and the log says so", async () => {
    const rig = openRig();
    await rig.elevate();
    const broken = rig.folder.write("broken", "#!/nowhere/interpreter\n", 0o755);
    expect((await rig.run([broken])).result).toMatchObject({ kind: "refused", code: "NOT_STARTED" });
    expect((await rig.calls()).map(({ type, cause }) => [type, cause])).toEqual([
      ["tool.exec.start", null],
      ["tool.exec.end", "not-started"],
    ]);
  });

  test("a program that a signal ends is told as that", async () => {
    const rig = openRig();
    await rig.elevate();
    const { result } = await rig.run(["sh", "-c", "kill -USR1 $$"]);
    expect(result).toEqual({ kind: "finished", environment: "host", exitCode: null, signal: "SIGUSR1" });
    expect((await rig.calls()).at(-1)).toMatchObject({ cause: "signalled", signal: "SIGUSR1" });
  });

  test("its name is the one that it was called by, its folder the real one, and its input what is written", async () => {
    const rig = openRig();
    await rig.elevate();
    expect((await rig.run(["cat", "/proc/self/cmdline"])).output.out).toBe("cat\0/proc/self/cmdline\0");
    symlinkSync(rig.folder.path, join(rig.folder.path, "link"));
    expect((await rig.run(["pwd", "-P"], { cwd: join(rig.folder.path, "link") })).output.out).toBe(`${rig.folder.path}\n`);

    const { output, result } = rig.start(["cat"]);
    const { callId, environment } = await output.call();
    expect(environment).toBe("host");
    expect(rig.executor.write(callId, "one\n")).toBe("WRITTEN");
    await output.line(0);
    expect(rig.executor.write(callId, null)).toBe("WRITTEN");
    expect(await result).toMatchObject({ kind: "finished", exitCode: 0 });
    expect(rig.executor.write(callId, "two\n")).toBe("NOT_RUNNING");
    expect(output.out).toBe("one\n");
  });

  test("a large output comes whole, and both streams apart", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = await rig.run(["sh", "-c", "head -c 3000000 /dev/zero; echo problem >&2"]);
    expect(result).toMatchObject({ kind: "finished", exitCode: 0 });
    expect([output.out.length, output.err]).toEqual([3_000_000, "problem\n"]);
  });

  test("where nobody listens for the start, its input is empty", async () => {
    const rig = openRig();
    await rig.elevate();
    const call = { tool: "exec", argv: ["cat"], cwd: rig.folder.path };
    const result = await rig.executor.run(CONTEXT, call, { stdout: () => {}, stderr: () => {} });
    expect(result).toMatchObject({ kind: "finished", exitCode: 0 });
  });

  test("a listener that throws ends the call, and gets its error", async () => {
    const rig = openRig();
    await rig.elevate();
    const fail = (): never => {
      throw new Error("nobody listens");
    };
    const call = { tool: "exec", argv: ["sh", "-c", "echo one; sleep 987"], cwd: rig.folder.path };
    await expect(rig.executor.run(CONTEXT, call, { stdout: fail, stderr: fail })).rejects.toThrow("nobody listens");
    expect((await rig.calls()).at(-1)).toMatchObject({ type: "tool.exec.end", signal: "SIGKILL" });
  });
});

describe("the environment of a program", () => {
  const planted = {
    HOME: "/home/somebody",
    LANG: "C",
    LC_ALL: "C",
    TZ: "UTC",
    TERM: "dumb",
    OPENAI_API_KEY: "sk-fake",
    GITHUB_TOKEN: "fake",
    AWS_SECRET_ACCESS_KEY: "fake",
    LD_PRELOAD: "/nowhere.so",
    LD_LIBRARY_PATH: "/nowhere",
    NODE_OPTIONS: "--require /nowhere.js",
    PYTHONPATH: "/nowhere",
    PYTHONSTARTUP: "/nowhere",
    BASH_ENV: "/nowhere",
    ENV: "/nowhere",
    PERL5OPT: "-Mnowhere",
    RUBYOPT: "-rnowhere",
    GIT_SSH_COMMAND: "nowhere",
    IFS: "x",
    LC_evil: "x",
  };

  test("holds what tells where it is and how to speak, and its lease, and nothing else", async () => {
    const rig = openRig({ environment: { ...planted, PATH: "bin::/usr/bin:.:/bin:" } });
    await rig.elevate();
    const { output } = await rig.run(["env"]);
    const { callId } = await output.call();
    expect(output.out.trimEnd().split("\n").toSorted()).toEqual([
      `FLYNN_LEASE=${callId}`,
      "HOME=/home/somebody",
      "LANG=C",
      "LC_ALL=C",
      "PATH=/usr/bin:/bin",
      "TERM=dumb",
      "TZ=UTC",
    ]);
  });

  test("is the one that the executor was given, whatever is done to that later", async () => {
    const environment: Record<string, string> = { PATH: "/usr/bin:/bin" };
    const rig = openRig({ environment, meanwhile: { afterCheck: () => (environment["PATH"] = rig.folder.path) } });
    rig.folder.write("sh", "#!/bin/sh\necho hijacked\n", 0o755);
    await rig.elevate();
    expect((await rig.run(["sh", "-c", "echo $PATH"])).output.out).toBe("/usr/bin:/bin\n");
    expect((await rig.run(["sh", "-c", "echo $PATH"])).output.out).toBe("/usr/bin:/bin\n");
  });
});

describe("a call that cannot be run anywhere", () => {
  test.each([
    ["a program that is not there", { argv: ["no-such-program"] }, "NOT_FOUND"],
    ["a program that only the folder of the call has", { argv: ["tool"] }, "NOT_FOUND"],
    ["a file that may not be run", { argv: ["./plain"] }, "NOT_FOUND"],
    ["a folder as a program", { argv: ["./sub"] }, "NOT_FOUND"],
    ["no program", { argv: [] }, "BAD_CALL"],
    ["a program without a name", { argv: [""] }, "BAD_CALL"],
    ["a NUL", { argv: ["true", "a\0b"] }, "BAD_CALL"],
    ["a line for a shell", { argv: "true" }, "BAD_CALL"],
    ["a word of its own about where it may run", { argv: ["true"], elevated: true }, "BAD_CALL"],
    ["its own approval", { argv: ["true"], approved: true }, "BAD_CALL"],
    ["its own environment", { argv: ["true"], executionEnvironment: "host" }, "BAD_CALL"],
    ["a folder that is not there", { argv: ["true"], cwd: "/nowhere" }, "BAD_CWD"],
    ["a relative folder", { argv: ["true"], cwd: "." }, "BAD_CWD"],
    ["a file as a folder", { argv: ["true"], cwd: "/etc/hostname" }, "BAD_CWD"],
  ])("%s", async (_what, given, code) => {
    const rig = openRig();
    await rig.elevate();
    rig.folder.write("tool", "#!/bin/sh\n", 0o755);
    rig.folder.write("plain", "#!/bin/sh\n");
    rig.folder.write("sub/x", "");
    const call = { tool: "exec", cwd: rig.folder.path, ...given } as unknown as Parameters<typeof rig.executor.run>[1];
    const result = await rig.executor.run(CONTEXT, call, { stdout: () => {}, stderr: () => {} });
    expect(result).toMatchObject({ kind: "refused", code });
    expect(await rig.calls()).toEqual([]);
  });

  test("a gate that fails is a no", async () => {
    const rig = openRig({
      meanwhile: {
        beforeAcquire: () => {
          throw new Error("the gate is gone");
        },
      },
    });
    await rig.elevate();
    expect((await rig.run(["touch", "marker"])).result).toMatchObject({ kind: "refused", code: "GATE_FAILED" });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
  });

  test("nothing starts once the executor is closed", async () => {
    const rig: ExecutorRig = openRig({ meanwhile: { afterAcquire: () => void rig.executor.close() } });
    await rig.elevate();
    expect((await rig.run(["touch", "marker"])).result).toMatchObject({ kind: "refused", code: "CLOSED" });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
    expect((await rig.calls()).at(-1)).toMatchObject({ type: "tool.exec.end", cause: "not-started" });
  });
});

test("the file system of the host is what a call on the host sees", async () => {
  const rig = openRig();
  await rig.elevate();
  expect((await rig.run(["cat", "/proc/version"])).output.out).toBe(readFileSync("/proc/version", "latin1"));
});
