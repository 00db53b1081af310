import { join } from "node:path";

import { expect, onTestFinished, test } from "vitest";

import { TTL_MS, openRig } from "../../../test/executor-rig.ts";
import { temporaryFolder } from "../../../test/executor-folder.ts";
import { AuditLog, verifyLog } from "../../audit/index.ts";
import { tailLog } from "../../audit/tail-log.ts";
import { readProcess } from "./process-table.ts";

/** The whole way of one command, and the log on disk that tells it. */
test("a command is refused, elevated and confirmed, runs on the host, expires in its middle, is killed with its grandchild, and the log tells it", async () => {
  const folder = temporaryFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const directory = join(folder.path, "audit");
  const log = await AuditLog.open(directory);
  const rig = openRig({ log });
  const command = ["sh", "-c", "sleep 987 & echo $!; wait"];

  const { result: before } = await rig.run(command);
  expect(before).toMatchObject({ kind: "refused", code: "NO_SANDBOX" });

  const grantId = await rig.elevate();
  const { output, result } = rig.start(command);
  const { pid, environment } = await output.call();
  const grandchild = Number(await output.line(0));
  expect(environment).toBe("host");
  rig.pass(TTL_MS);
  rig.pass(30_000);
  expect(await result).toMatchObject({ kind: "terminated", cause: "expired" });
  expect([pid, grandchild].map((each) => readProcess(each)?.isOver ?? true)).toEqual([true, true]);

  await rig.gate.flushed();
  await log.close();
  expect(await verifyLog(directory)).toMatchObject({ status: "intact", events: 6 });
  const told = (await tailLog(directory, 10)).map((entry) => ("event" in entry ? entry.event : undefined));
  expect(told.map((event) => event?.type)).toEqual([
    "gate.started",
    "elevation.requested",
    "elevation.activated",
    "tool.exec.start",
    "elevation.expired",
    "tool.exec.end",
  ]);
  const start = told[3];
  expect(start).toMatchObject({ grantId, reason: "a test of the executor", ttlMs: TTL_MS, environment: "host", tool: "exec" });
  expect(told[5]).toMatchObject({ grantId, leaseId: start?.leaseId, cause: "terminated", signal: "SIGTERM" });
});
