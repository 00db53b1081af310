import assert from "node:assert/strict";

import { verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEvent } from "@flynn/sdk/elevation-gate";

import { callOf, HOT } from "../contexts.ts";
import { assertNoCode } from "../invariants.ts";
import { GRANT_TTL_MS } from "./race.ts";
import type { Race, Turn } from "./race.ts";

const ENDINGS: readonly string[] = ["denied", "pending_expired", "superseded", "expired", "revoked", "consumed"].map(
  (state) => `elevation.${state}`,
);

/** What must hold at any moment, whoever is in the middle of what. */
export async function assertAtAnyMoment(race: Race): Promise<void> {
  const { decision, grantId } = await race.gate.check(HOT, callOf("write"));
  if (decision === "host" && grantId !== null) {
    assert.equal(race.eventsOf(grantId, "elevation.activated").length, 1, "a grant is active once its activation is in the log");
    assert.deepEqual(endingsOf(race, grantId), [], "a grant that is active has no end in the log");
    assert.deepEqual(stopsOf(race, grantId), [], "a grant that is active was stopped by nobody");
  }
}

/** What needs an event happens after the log has taken it: also a request. */
export async function assertShownAreLogged(race: Race): Promise<void> {
  const { grants } = await race.gate.status(HOT);
  for (const { grantId } of grants) {
    assert.equal(race.eventsOf(grantId, "elevation.requested").length, 1, "a request is shown once it is in the log");
  }
}

/** What must hold once everybody has an answer. */
export async function assertAfterAll(race: Race): Promise<void> {
  assert.equal(verifyChain(race.log), undefined, "the chain of the log is broken");
  assertNoCode(race.log, race.codes, "the log");
  const { grants } = await race.gate.status(HOT);
  const { decision, grantId: hostId } = await race.gate.check(HOT, callOf("write"));
  await race.gate.flushed();
  const live = grants.map(({ grantId }) => grantId);
  assert.ok(live.length <= 1, `${live.length} grants of one seat are live`);
  for (const grantId of idsIn(race)) {
    assert.equal(race.eventsOf(grantId, "elevation.requested").length, 1, "what is told of a grant comes after its request");
    const endings = endingsOf(race, grantId);
    assert.equal(endings.length, live.includes(grantId) ? 0 : 1, `events that end one grant: ${typesOf(endings)}`);
    assertActivation(race, grantId, decision === "host" && hostId === grantId);
  }
  for (const turn of race.turns.filter(({ code }) => code === "GRANTED")) assertCall(race, turn);
}

/** Of the reply, `check` and the log none says of an activation what another does not. */
function assertActivation(race: Race, grantId: string, isHost: boolean): void {
  const replies = race.turns.filter(({ code, grantIds }) => code === "OK_ACTIVE" && grantIds.includes(grantId));
  const events = race.eventsOf(grantId, "elevation.activated");
  const [activated] = events;
  assert.ok(replies.length <= 1 && events.length <= 1, `${replies.length} replies and ${events.length} events activate one grant`);
  const endings = endingsOf(race, grantId);
  const wasActiveBefore = activated !== undefined && race.takenAt(activated).moment < race.startedAt;
  const isTold = replies.length === 1 || wasActiveBefore;
  assert.equal(isHost, isTold && endings.length === 0, `check says ${isHost}, the reply ${isTold}, the log ${typesOf(endings)}`);
  const [reply] = replies;
  if (!reply) return;
  assert.ok(activated && race.takenAt(activated).moment < reply.to, "OK_ACTIVE comes after its event");
  const stops = stopsOf(race, grantId).filter(({ from }) => from < race.takenAt(activated).moment);
  assert.deepEqual(namesOf(stops), [], "who stops an activation before it is written has stopped it");
}

function assertCall(race: Race, { leaseId, grantIds, to }: Turn): void {
  const [grantId = ""] = grantIds;
  const start = race.log.find((event) => event.type === "tool.exec.start" && event.leaseId === leaseId);
  const [activated] = race.eventsOf(grantId, "elevation.activated");
  assert.ok(start && activated, "a call that starts is in the log, and so is the activation of its grant");
  const { moment, mono } = race.takenAt(start);
  assert.ok(moment < to, "GRANTED comes after its event");
  const stops = [...stopsOf(race, grantId), ...race.turns.filter(({ actor }) => actor.deniesExec)].filter(({ from }) => from < moment);
  assert.deepEqual(namesOf(stops), [], "a call whose start is not written before the stop does not start");
  const endsAt = race.takenAt(activated).mono + GRANT_TTL_MS;
  assert.ok(mono < endsAt, `a call whose start is written at ${mono} does not start, because its grant ended at ${endsAt}`);
}

/** Turns that ended this grant, by what they were answered. */
function stopsOf(race: Race, grantId: string): Turn[] {
  const stops = race.turns.filter(({ actor, code, grantIds }) => actor.isStop && code !== "none" && grantIds.includes(grantId));
  return [...stops, ...rollbacksOf(race, grantId)];
}

/** Where the clock went on after it, nobody may have seen that it had gone back. */
function rollbacksOf(race: Race, grantId: string): Turn[] {
  const { turns } = race;
  const [requested] = race.eventsOf(grantId, "elevation.requested");
  if (!requested || turns.some(({ actor }) => actor.moves === "on")) return [];
  return turns.filter(({ actor, from }) => actor.moves === "back" && from > race.takenAt(requested).moment);
}

function endingsOf(race: Race, grantId: string): AuditEvent[] {
  return race.eventsOf(grantId).filter(({ type }) => ENDINGS.includes(type));
}

function idsIn({ log }: Race): string[] {
  return [...new Set(log.flatMap(({ grantId }) => (grantId === null ? [] : [grantId])))];
}

function typesOf(events: readonly AuditEvent[]): string {
  return events.map(({ type }) => type).join(", ") || "none";
}

function namesOf(turns: readonly Turn[]): string[] {
  return turns.map(({ actor }) => actor.name);
}
