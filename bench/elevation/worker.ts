import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { AuditLog } from "@flynn/reference-daemon/audit";
import { ReferenceElevationGate } from "@flynn/reference-daemon/elevation";
import type { AuditEvent, CallFacts, ElevationPolicy, TrustedContext } from "@flynn/sdk/elevation-gate";
import { Secret, VirtualClock } from "@flynn/sdk/kernel";

import { PAIRS, percentiles } from "./sample.ts";
import type { ElevationSamples, Latency } from "./sample.ts";

const PERSON: TrustedContext = {
  principalId: "@owner:example.invalid",
  sessionId: "session",
  agentId: "main",
  surface: "cli",
  origin: "human",
  isDirect: true,
};

const POLICY: ElevationPolicy = {
  enabled: true,
  maxTtlMs: 3_600_000,
  pendingTtlMs: 120_000,
  maxAttempts: 3,
  lockoutMs: 30_000,
  hookTimeoutMs: 30_000,
  principals: [PERSON.principalId],
  admins: [],
  agents: [PERSON.agentId],
  tools: ["exec"],
  deniedTools: [],
};

const CALL: CallFacts = {
  tool: "exec",
  argv: ["systemctl", "restart", "nginx"],
  cwd: { path: "/srv/app", device: "2049", inode: "131073" },
  environmentDigest: "0".repeat(64),
  executable: { path: "/usr/bin/systemctl", sha256: "1".repeat(64) },
  script: null,
};

const REQUESTS = [1_000, 10_000, 100_000] as const;

/** One write of an event, as a log without guarantees would do it. */
type Sink = (event: AuditEvent) => Promise<unknown>;

const [rounds = 2_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "flynn-bench-"));
try {
  const latencies = { ...(await measureCheck()), ...(await measureWrites()), ...(await measureLog()) };
  process.stdout.write(JSON.stringify({ rounds, latencies, heapBytes: await measureHeap() } satisfies ElevationSamples));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureCheck(): Promise<Record<string, Latency>> {
  const gate = await elevatedGate(async () => {});
  const grants = new Map([[PERSON.sessionId, CALL]]);
  let found = 0;
  const latencies = await inTurns(
    PAIRS[0],
    () => gate.check(PERSON, CALL),
    async () => {
      if (grants.get(PERSON.sessionId) === CALL) found += 1;
    },
  );
  if (found === 0) throw new Error("the Map found nothing");
  gate.close();
  return latencies;
}

async function measureWrites(): Promise<Record<string, Latency>> {
  const file = openSync(join(folder, "events"), "a");
  try {
    const gate = await elevatedGate(async (event) => void writeSync(file, `${JSON.stringify(event)}\n`));
    return await inTurns(PAIRS[1], () => oneCall(gate), leastWork(file, false));
  } finally {
    closeSync(file);
  }
}

async function measureLog(): Promise<Record<string, Latency>> {
  const log = await AuditLog.open(join(folder, "audit"));
  const file = openSync(join(folder, "peer"), "a");
  try {
    const gate = await elevatedGate((event) => log.append(event), log.head);
    return await inTurns(PAIRS[2], () => oneCall(gate), leastWork(file, true));
  } finally {
    closeSync(file);
    await log.close();
  }
}

/** The same two lines, written by something that decides nothing. */
function leastWork(file: number, isSynced: boolean): () => Promise<void> {
  const grants = new Map([[PERSON.sessionId, CALL]]);
  const line = `${JSON.stringify({ ...CALL, padding: "x".repeat(400) })}\n`;
  return async () => {
    if (!grants.has(PERSON.sessionId)) throw new Error("unreachable");
    writeSync(file, line);
    if (isSynced) fdatasyncSync(file);
    writeSync(file, line);
  };
}

async function oneCall(gate: ReferenceElevationGate): Promise<void> {
  const { callDigest } = await gate.check(PERSON, CALL);
  const { leaseId } = await gate.acquire(PERSON, { call: CALL, checkedDigest: callDigest });
  if (leaseId === null) throw new Error("the call was denied");
  await gate.release({ leaseId, outcome: "exited", exitCode: 0, signal: null });
  await gate.flushed();
}

/** The two in turns, so that whatever else the machine does hits both alike. */
async function inTurns(
  [own, peer]: readonly [string, string],
  measured: () => Promise<unknown>,
  compared: () => Promise<unknown>,
): Promise<Record<string, Latency>> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, run] of [measured, compared].entries()) {
      const startedAt = process.hrtime.bigint();
      await run();
      times[index]?.push(Number(process.hrtime.bigint() - startedAt));
    }
  }
  return { [own]: percentiles(times[0]), [peer]: percentiles(times[1]) };
}

/** What stays on the heap after many requests, each superseding or denied, in sessions of their own. */
async function measureHeap(): Promise<Record<string, number>> {
  const clock = new VirtualClock();
  const gate = newGate(async () => {}, null, clock);
  const heapBytes: Record<string, number> = {};
  let count = 0;
  for (const target of REQUESTS) {
    for (; count < target; count += 1) {
      const person = { ...PERSON, sessionId: `session-${count}` };
      await gate.request(person, { ttlMs: 60_000, reason: "restart nginx" });
      await gate.check(person, CALL);
      await gate.acquire(person, { call: CALL, checkedDigest: "" });
      if (count % 2 === 0) await gate.deny(person);
      // The others run out.
      if (count % 1_000 === 0) clock.set({ mono: count * 200, boot: count * 200, wall: count * 200 });
    }
    await gate.flushed();
    collect();
    heapBytes[String(target)] = process.memoryUsage().heapUsed;
  }
  gate.close();
  return heapBytes;
}

function collect(): void {
  if (!globalThis.gc) throw new Error("start this with --expose-gc");
  globalThis.gc();
}

async function elevatedGate(audit: Sink, head: AuditLog["head"] = null): Promise<ReferenceElevationGate> {
  const gate = newGate(audit, head, new VirtualClock());
  const { challenge } = await gate.request(PERSON, { ttlMs: 3_600_000, reason: "restart nginx" });
  if (!(challenge instanceof Secret)) throw new Error("the request was refused");
  await gate.confirm(PERSON, challenge.reveal());
  return gate;
}

function newGate(audit: Sink, auditHead: AuditLog["head"], clock: VirtualClock): ReferenceElevationGate {
  return new ReferenceElevationGate({ policy: POLICY, clock, auditHead, audit, hook: async () => ({ allow: true }) });
}
