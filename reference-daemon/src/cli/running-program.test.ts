import { Writable } from "node:stream";

import { SystemClock, VirtualClock } from "@flynn/sdk/kernel";
import { expect, test } from "vitest";

import { CONTEXT, openRig } from "../../test/executor-rig.ts";
import type { ToolExecutor } from "../tools/executor/index.ts";
import { startProgramCall } from "./running-program.ts";
import type { ProgramSurroundings } from "./running-program.ts";

/** Keeps what it is written, and resolves once that has a line of this text. */
class Sink extends Writable {
  text = "";
  #seen: (() => void) | undefined;

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    this.#seen?.();
    done();
  }

  line(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.#seen = () => {
        if (this.text.split("\n").includes(text)) resolve();
      };
      this.#seen();
    });
  }
}

const STUBBORN = ["sh", "-c", 'trap "" INT; echo ready; exec sleep 987'];

async function surroundings(): Promise<
  ProgramSurroundings & { readonly stdout: Sink; readonly stderr: Sink; readonly clock: VirtualClock }
> {
  const rig = openRig({ clock: new SystemClock() });
  await rig.elevate();
  const { executor, folder } = rig;
  return { executor, context: CONTEXT, cwd: folder.path, clock: new VirtualClock(), stdout: new Sink(), stderr: new Sink() };
}

test("a program has no input, and its output and its end are told", async () => {
  const around = await surroundings();
  await startProgramCall(["sh", "-c", "cat; echo out; echo err >&2; exit 7"], around).over;
  expect([around.stdout.text, around.stderr.text]).toEqual(["out\n", "err\n[host] exit status 7\n"]);
});

test("one that does not heed an interruption is killed after two seconds", async () => {
  const around = await surroundings();
  const program = startProgramCall(STUBBORN, around);
  await around.stdout.line("ready");
  program.interrupt();
  expect(around.clock.armed()).toMatchObject([{ due: 2_000 }]);
  around.clock.set({ mono: 2_000, boot: 2_000, wall: 2_000 });
  await program.over;
  expect(around.stderr.text).toBe("[host] ended by SIGKILL\n");
  expect(around.clock.armed()).toEqual([]);
});

test("one that is interrupted before it starts does not go on", async () => {
  const around = await surroundings();
  const start = Promise.withResolvers<void>();
  const executor: Pick<ToolExecutor, "run" | "write"> = {
    run: async (...args) => {
      await start.promise;
      return await around.executor.run(...args);
    },
    write: (...args) => around.executor.write(...args),
  };
  const program = startProgramCall(["sleep", "987"], { ...around, executor });
  program.interrupt();
  start.resolve();
  await program.over;
  expect(around.stderr.text).toBe("[host] ended by SIGKILL\n");
});

test.each([
  [{ kind: "terminated", environment: "host", cause: "expired", signal: "SIGTERM" }, "[host] ended by SIGTERM: its grant has expired"],
  [{ kind: "terminated", environment: "host", cause: "revoked", signal: "SIGKILL" }, "[host] ended by SIGKILL: its grant was revoked"],
  [{ kind: "refused", code: "NO_SANDBOX", message: "none\u001B[2J" }, "[refused] NO_SANDBOX: none\\u{1b}[2J"],
  [{ kind: "finished", environment: "sandbox", exitCode: null, signal: "SIGSEGV" }, "[sandbox] ended by SIGSEGV"],
] as const)("%j", async (result, line) => {
  const around = { ...(await surroundings()), executor: { run: () => Promise.resolve(result), write: () => "NOT_RUNNING" as const } };
  await startProgramCall(["true"], around).over;
  expect(around.stderr.text).toBe(`${line}\n`);
});
