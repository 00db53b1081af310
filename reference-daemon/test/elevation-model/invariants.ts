import assert from "node:assert/strict";

import { verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, AuditHead, GrantState } from "@flynn/sdk/elevation-gate";

import { callOf, HOT, nameOf, WATCHED } from "./contexts.ts";
import { expectedVerdict } from "./expected-replies.ts";
import { remainingMs } from "./model-grant.ts";
import type { Ending, ModelGrant } from "./model-grant.ts";
import type { ElevationOracle } from "./oracle.ts";
import type { World } from "./world.ts";

const ENDINGS: readonly Ending[] = ["denied", "pending_expired", "superseded", "expired", "revoked", "consumed"];

/** The log as far as it was looked at; a log only grows. */
export class LogReader {
  #head: AuditHead | null = null;
  #read = 0;
  readonly #endings = new Map<string, Ending[]>();
  readonly #activations = new Map<string, number>();

  readOn({ log, codes }: World): void {
    const events = log.slice(this.#read);
    assert.equal(verifyChain(events, this.#head), undefined, "the chain of the log is broken");
    for (const event of events) this.#note(event, codes);
    this.#read = log.length;
  }

  endingsOf(grantId: string): readonly Ending[] {
    return this.#endings.get(grantId) ?? [];
  }

  activationsOf(grantId: string): number {
    return this.#activations.get(grantId) ?? 0;
  }

  ended(): readonly string[] {
    return [...this.#endings.keys()];
  }

  #note(event: AuditEvent, codes: readonly string[]): void {
    this.#head = { seq: event.seq, hash: event.hash };
    assertNoCode(event, codes, `the event ${event.type}`);
    const { type, grantId } = event;
    if (grantId === null) return;
    const ending = ENDINGS.find((candidate) => type === `elevation.${candidate}`);
    if (ending) this.#endings.set(grantId, [...this.endingsOf(grantId), ending]);
    if (type === "elevation.activated") this.#activations.set(grantId, this.activationsOf(grantId) + 1);
  }
}

export function assertNoCode(value: unknown, codes: readonly string[], name: string): void {
  const text = JSON.stringify(value);
  assert.ok(!codes.some((code) => text.includes(code)), `a code stands in ${name}`);
}

/** All that must hold after every command. */
export async function assertInvariants(oracle: ElevationOracle, world: World, reader: LogReader): Promise<void> {
  await assertVerdicts(oracle, world);
  await assertStatus(oracle, world);
  await world.gate.flushed();
  reader.readOn(world);
  assertNoCode(world.prompts.splice(0), world.codes, "the prompt of the hook");
  for (const grant of oracle.grants) assertTold(grant, world, reader);
  const unknown = reader.ended().filter((grantId) => !oracle.grants.some((grant) => grant.grantId === grantId));
  assert.deepEqual(unknown, [], "the log ends grants that nobody was given");
}

async function assertVerdicts(oracle: ElevationOracle, { gate }: World): Promise<void> {
  for (const context of WATCHED) {
    const { grant, ...expected } = expectedVerdict(oracle, context, "exec");
    const { decision, why, grantId, remainingMs: remaining } = await gate.check(context, callOf("exec"));
    const wanted = { ...expected, grantId: grant?.grantId ?? null, remaining: grant ? remainingMs(grant, oracle.now) : 0 };
    assert.deepEqual({ decision, why, grantId, remaining }, wanted, `check of ${nameOf(context)}`);
  }
}

async function assertStatus(oracle: ElevationOracle, { gate, codes }: World): Promise<void> {
  const reply = await gate.status(HOT);
  const shown = reply.grants.map(({ grantId, state, ttlMs, remainingMs: remaining }) => ({ grantId, state, ttlMs, remaining }));
  const expected = oracle
    .live()
    .filter(({ seat }) => seat.principalId === HOT.principalId)
    .map((grant) => ({
      grantId: grant.grantId,
      state: grant.state as GrantState,
      ttlMs: grant.ttlMs,
      remaining: remainingMs(grant, oracle.now),
    }));
  const byId = (one: { grantId: string }, other: { grantId: string }): number => (one.grantId < other.grantId ? -1 : 1);
  assert.deepEqual(shown.toSorted(byId), expected.toSorted(byId), "status");
  assertNoCode(reply, codes, "the reply to status");
}

function assertTold(grant: ModelGrant, { isOwed, isAuditTaking }: World, reader: LogReader): void {
  const told = reader.endingsOf(grant.grantId);
  const isOver = grant.state === "over";
  const least = isOver && !grant.isForgotten && isAuditTaking && !isOwed ? 1 : 0;
  const most = isOver && grant.endings.length > 0 ? 1 : 0;
  const name = `events that end the grant, which is ${grant.state}, ${grant.endings.join(" or ") || "with no end"}`;
  assert.ok(told.length >= least && told.length <= most, `${told.length} ${name}: ${told.join(", ")}`);
  assert.ok(
    told.every((ending) => grant.endings.includes(ending)),
    `the log says ${told.join(", ")} of the grant that is ${grant.endings.join(" or ")}`,
  );
  assert.equal(reader.activationsOf(grant.grantId), grant.wasActivated ? 1 : 0, "events that activate the grant");
}
