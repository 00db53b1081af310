import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setImmediate as nextTurn } from "node:timers/promises";

import { SystemClock } from "@flynn/sdk/kernel";
import { describe, expect, test } from "vitest";

import { CONTEXT, TTL_MS, openRig } from "../../../test/executor-rig.ts";
import type { ExecutorRig } from "../../../test/executor-rig.ts";
import { readProcess } from "./process-table.ts";

function isOver(pid: string | number): boolean {
  return readProcess(Number(pid))?.isOver ?? true;
}

describe("a grant that expires while its call runs", () => {
  test("refuses input at once, lets it finish for a while, then ends it with its grandchild", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = rig.start(["sh", "-c", "sleep 987 & echo $!; wait"]);
    const { callId, pid } = await output.call();
    const grandchild = await output.line(0);
    rig.pass(TTL_MS - 1);
    expect(rig.executor.write(callId, "in time\n")).toBe("WRITTEN");
    rig.pass(1);
    expect(rig.executor.write(callId, "late\n")).toBe("GRANT_OVER");
    expect((await rig.run(["true"])).result).toMatchObject({ kind: "refused", code: "NO_SANDBOX" });
    rig.pass(29_999);
    expect([rig.terminated, isOver(pid), isOver(grandchild)]).toEqual([[], false, false]);
    expect(rig.executor.write(callId, "late\n")).toBe("GRANT_OVER");

    rig.pass(1);
    expect(await result).toEqual({ kind: "terminated", environment: "host", cause: "expired", signal: "SIGTERM" });
    expect([isOver(pid), isOver(grandchild)]).toEqual([true, true]);
    expect(rig.terminated).toEqual(
      expect.arrayContaining(
        [pid, Number(grandchild)].map((each) => ({ leaseId: callId, pid: each, signal: "SIGTERM", cause: "expired" })),
      ),
    );
    expect((await rig.calls()).map(({ type, cause }) => [type, cause])).toEqual([
      ["tool.exec.start", null],
      ["tool.exec.end", "terminated"],
    ]);
    expect(rig.executor.write(callId, "late\n")).toBe("NOT_RUNNING");
  });

  test("refuses input although no timer fired, and input that waits in the pipe of this process is not delivered", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = rig.start(["sh", "-c", "echo ready; read go; exec cat"]);
    const { callId } = await output.call();
    await output.line(0);
    rig.executor.write(callId, `go\n${"x".repeat(2_000_000)}`);
    rig.pass(TTL_MS, { fire: false });
    expect(rig.executor.write(callId, "late\n")).toBe("GRANT_OVER");
    expect(await result).toMatchObject({ kind: "finished", exitCode: 0 });
    expect(output.out.length).toBeLessThan(1_000_000);
  });

  test("does nothing to a program that finishes while it may", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = rig.start(["sh", "-c", "echo ready; cat; touch finished"]);
    await output.line(0);
    rig.pass(TTL_MS);
    expect(await result).toEqual({ kind: "finished", environment: "host", exitCode: 0, signal: null });
    expect(existsSync(join(rig.folder.path, "finished"))).toBe(true);
    expect(rig.virtual.armed()).toEqual([]);
  });

  test("kills one that does not listen", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = rig.start(["sh", "-c", 'trap "echo no" TERM; echo ready; while :; do sleep 987 & wait $!; done']);
    const { pid } = await output.call();
    await output.line(0);
    rig.pass(TTL_MS);
    rig.pass(30_000);
    expect(await output.line(1)).toBe("no");
    rig.pass(4_999);
    expect(isOver(pid)).toBe(false);
    rig.pass(1);
    expect(await result).toEqual({ kind: "terminated", environment: "host", cause: "expired", signal: "SIGKILL" });
    expect((await rig.calls()).at(-1)).toMatchObject({ cause: "terminated", signal: "SIGKILL" });
  });
});

describe("a grant that is revoked while its call runs", () => {
  test("ends it at once, with its grandchild", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = rig.start(["sh", "-c", "sleep 987 & echo $!; wait"]);
    const { callId, pid } = await output.call();
    const grandchild = await output.line(0);
    const revoked = rig.gate.revoke(CONTEXT, "own");
    expect(rig.executor.write(callId, "late\n")).toBe("GRANT_OVER");
    expect((await revoked).code).toBe("OK_REVOKED");
    expect(await result).toEqual({ kind: "terminated", environment: "host", cause: "revoked", signal: "SIGTERM" });
    expect([isOver(pid), isOver(grandchild)]).toEqual([true, true]);
  });

  test("ends the call of a grant that was for one call and is used up", async () => {
    const rig = openRig();
    await rig.elevate("once");
    const { output, result } = rig.start(["sleep", "987"]);
    await output.call();
    await rig.gate.revoke(CONTEXT, "own");
    expect(await result).toMatchObject({ kind: "terminated", cause: "revoked" });
  });

  test("kills one that does not listen two seconds later, and its children with it", async () => {
    const rig = openRig();
    await rig.elevate();
    const stubbornChild = `sh -c 'trap "" TERM; echo $$; exec sleep 987'`;
    const script = `trap "echo no" TERM; ${stubbornChild} & while :; do sleep 986 & wait $!; done`;
    const { output, result } = rig.start(["sh", "-c", script]);
    const stubborn = await output.line(0);
    await rig.gate.revoke(CONTEXT, "own");
    expect(await output.line(1)).toBe("no");
    rig.pass(1_999);
    expect(isOver(stubborn)).toBe(false);
    rig.pass(1);
    expect(await result).toEqual({ kind: "terminated", environment: "host", cause: "revoked", signal: "SIGKILL" });
    expect(isOver(stubborn)).toBe(true);
  });

  test("does not wait for the end of the time that an expiry left", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output, result } = rig.start(["sleep", "987"]);
    await output.call();
    rig.pass(TTL_MS);
    rig.gate.close();
    expect(await result).toMatchObject({ kind: "terminated", cause: "revoked", signal: "SIGTERM" });
  });

  test("between the lease and the start: nothing starts", async () => {
    const rig: ExecutorRig = openRig({ meanwhile: { afterAcquire: () => rig.gate.revoke(CONTEXT, "own") } });
    await rig.elevate();
    expect((await rig.run(["touch", "marker"])).result).toMatchObject({ kind: "refused", code: "DENIED_NOT_ELEVATED" });
    expect(existsSync(join(rig.folder.path, "marker"))).toBe(false);
    expect((await rig.calls()).at(-1)).toMatchObject({ type: "tool.exec.end", cause: "not-started" });
  });

  test("ends its own calls only", async () => {
    const rig = openRig();
    const other = openRig();
    await Promise.all([rig.elevate(), other.elevate()]);
    const first = rig.start(["sleep", "987"]);
    const second = other.start(["cat"]);
    await first.output.call();
    const { callId } = await second.output.call();
    await rig.gate.revoke(CONTEXT, "own");
    await first.result;
    other.executor.write(callId, "still here\n");
    expect(await second.output.line(0)).toBe("still here");
  });
});

describe("a process that leaves", () => {
  const named = "sh -c 'echo $$; exec sleep 987'";
  test.each([
    ["its session", `setsid ${named} & echo left; wait`],
    ["its session and its parent", `(setsid ${named} &); echo left; exec sleep 986`],
    ["its session and its environment", `setsid env -i PATH=$PATH ${named} & echo left; wait`],
    ["its parent and its environment", `(env -i PATH=$PATH ${named} &); echo left; exec sleep 986`],
    [
      "its group, its parent and its environment",
      `bash -c 'set -m; env -i PATH=$PATH ${named.replaceAll("'", '"').replace("$$", "\\$\\$")} & exit'; echo left; exec sleep 986`,
    ],
    ["its session, its parent and its output", `(setsid ${named.replace("987", "987 >/dev/null 2>&1")} &); echo left; exec sleep 986`],
  ])("%s is ended with the call", async (_what, script) => {
    const rig = openRig({ clock: new SystemClock() });
    await rig.elevate();
    const { output, result } = rig.start(["sh", "-c", script]);
    await output.line(1);
    const escaped = Number(/^\d+$/mu.exec(output.out)?.[0]);
    expect(isOver(escaped)).toBe(false);
    await rig.gate.revoke(CONTEXT, "own");
    expect(await result).toMatchObject({ kind: "terminated", cause: "revoked" });
    expect(isOver(escaped)).toBe(true);
    expect(rig.terminated.map(({ pid }) => pid)).toContain(escaped);
  });
});

test("a process that cannot be found any more was seen before, and is killed when it does not listen", async () => {
  const rig = openRig();
  await rig.elevate();
  const stubborn = `sh -c 'trap "" TERM; echo $$; exec sleep 987'`;
  const { output, result } = rig.start(["sh", "-c", `setsid env -i PATH=$PATH ${stubborn} & wait`]);
  const escaped = await output.line(0);
  await rig.gate.revoke(CONTEXT, "own");
  // Two timers: the one to SIGKILL, and the one to look again, which is set once the program itself is over.
  while (rig.virtual.armed().length < 2) await nextTurn();
  rig.pass(2_000);
  expect(await result).toMatchObject({ kind: "terminated", cause: "revoked", signal: "SIGTERM" });
  expect(isOver(escaped)).toBe(true);
  expect(rig.terminated).toContainEqual(expect.objectContaining({ pid: Number(escaped), signal: "SIGKILL" }));
});

describe("what a program leaves behind when it is over", () => {
  test.each([
    ["with its output open", "sleep 987 & echo $!"],
    ["with its output elsewhere", "sleep 987 >/dev/null 2>&1 & echo $!"],
    ["in a session of its own", "setsid sleep 987 & echo $!"],
  ])("%s is ended soon after, and the result is that of the program", async (_what, script) => {
    const rig = openRig({ clock: new SystemClock() });
    await rig.elevate();
    const { output, result } = await rig.run(["sh", "-c", `${script}; exit 4`]);
    expect(result).toEqual({ kind: "finished", environment: "host", exitCode: 4, signal: null });
    expect(isOver(await output.line(0))).toBe(true);
    expect(rig.terminated).toEqual([]);
  });

  test("may write what it has to say first", async () => {
    const rig = openRig();
    await rig.elevate();
    const { output } = await rig.run(["bash", "-c", "seq 20000 > >(cat)"]);
    expect(output.out.split("\n")).toHaveLength(20_001);
  });

  test.each([
    ["is silent", "exec sleep 60"],
    ["writes for ever", "exec yes"],
  ])("a pipe that somebody holds who cannot be found and %s does not keep the call open", async (_what, program) => {
    const rig = openRig({ clock: new SystemClock() });
    await rig.elevate();
    const script = `(env -i PATH=$PATH setsid sh -c 'echo $$; ${program}' &); read x; exit 5`;
    const { output, result } = rig.start(["sh", "-c", script]);
    const { callId } = await output.call();
    const hidden = Number(await output.line(0));
    rig.executor.write(callId, null);
    expect(await result).toMatchObject({ kind: "finished", exitCode: 5 });
    process.kill(hidden, "SIGKILL");
  });
});

test("close kills what runs, with all that came from it, and waits for it", async () => {
  const rig = openRig();
  await rig.elevate();
  const { output, result } = rig.start(["sh", "-c", 'trap "" TERM; setsid sleep 987 & echo $!; wait']);
  const { pid } = await output.call();
  const grandchild = await output.line(0);
  await rig.executor.close();
  expect([isOver(pid), isOver(grandchild)]).toEqual([true, true]);
  expect(await result).toEqual({ kind: "terminated", environment: "host", cause: "revoked", signal: "SIGKILL" });
});
