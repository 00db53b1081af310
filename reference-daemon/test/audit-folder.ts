import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { chainEvent } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, AuditHead, UnchainedEvent } from "@flynn/sdk/elevation-gate";

import { AuditLog } from "../src/audit/audit-log.ts";

/** A place for an audit log that is gone when it is disposed of. The folder itself is not made yet. */
export interface AuditFolder extends Disposable {
  readonly parent: string;
  readonly folder: string;
  readonly path: (name: string) => string;
  readonly read: (name: string) => string;
  readonly write: (name: string, content: string | Buffer) => void;
}

export function temporaryAuditFolder(): AuditFolder {
  const parent = mkdtempSync(join(tmpdir(), "flynn-audit-"));
  const folder = join(parent, "audit");
  const path = (name: string): string => join(folder, name);
  return {
    parent,
    folder,
    path,
    read: (name) => readFileSync(path(name), "utf8"),
    write: (name, content) => writeFileSync(path(name), content, { mode: 0o600 }),
    [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }),
  };
}

/** An event that needs no sync, unless `members` says another type. */
export function unchained(members: Partial<UnchainedEvent> = {}): UnchainedEvent {
  return {
    v: 1,
    ts: "2026-01-02T03:04:05.678Z",
    monoMs: 1_000,
    epoch: "epoch-1",
    type: "elevation.requested",
    grantId: "grant-1",
    principalId: "@alice:example.invalid",
    sessionId: "session-1",
    agentId: "agent-1",
    surface: "cli",
    origin: "human",
    tools: ["exec"],
    mode: "window",
    ttlMs: 600_000,
    remainingMs: null,
    reason: "restart the proxy",
    cause: null,
    tool: null,
    callDigest: null,
    preview: null,
    environment: null,
    leaseId: null,
    exitCode: null,
    signal: null,
    suppressed: 0,
    redactions: 0,
    ...members,
  };
}

/** The events, chained one after another from `head`. */
export function chained(events: readonly UnchainedEvent[], head: AuditHead | null = null): AuditEvent[] {
  const done: AuditEvent[] = [];
  for (const event of events) {
    const before = done.at(-1);
    done.push(chainEvent(event, before ? { seq: before.seq, hash: before.hash } : head));
  }
  return done;
}

/** `count` events that differ, of the type that needs no sync. */
export function events(count: number, head: AuditHead | null = null): AuditEvent[] {
  return chained(
    Array.from({ length: count }, (_, index) => unchained({ monoMs: index })),
    head,
  );
}

/** A log with these events and a checkpoint of all of them. */
export async function writeLog(folder: string, all: readonly AuditEvent[]): Promise<void> {
  const log = await AuditLog.open(folder);
  for (const event of all) await log.append(event);
  await log.close();
}
