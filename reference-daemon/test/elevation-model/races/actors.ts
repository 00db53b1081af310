import type { ElevationReply, RevokeTarget, TrustedContext } from "@flynn/sdk/elevation-gate";

import { HOT } from "../contexts.ts";
import { GRANT_TTL_MS } from "./race.ts";
import type { Actor, Answer, Race } from "./race.ts";

const ADMIN: TrustedContext = { ...HOT, principalId: "root" };

const answerOf = ({ code, grants }: ElevationReply): Answer => ({ code, grantIds: grants.map(({ grantId }) => grantId) });

function revoker(name: string, context: TrustedContext, targetOf: (race: Race) => RevokeTarget): Actor {
  return { name, isStop: true, act: async (race) => answerOf(await race.gate.revoke(context, targetOf(race))) };
}

const latestGrant = ({ log }: Race): RevokeTarget => ({
  grantId: log.findLast(({ type }) => type === "elevation.requested")?.grantId ?? "elv_none",
});

export const REVOKERS: readonly Actor[] = [
  revoker("revoke own", HOT, () => "own"),
  revoker("revoke all", HOT, () => "all"),
  revoker("revoke by id", HOT, latestGrant),
  revoker("revoke all by the admin", ADMIN, () => "all"),
];

export const DENIER: Actor = { name: "deny", isStop: true, act: async ({ gate }) => answerOf(await gate.deny(HOT)) };

export const SESSION_ENDER: Actor = {
  name: "end the session",
  isStop: true,
  act: async ({ gate, log }) => {
    const { revoked } = await gate.endSession(HOT.sessionId);
    // The reply has no ids; what was asked for before it and is over now is what it ended, or was over already.
    const ids = log.filter(({ type }) => type === "elevation.requested").map(({ grantId }) => grantId ?? "");
    return { code: revoked > 0 ? "OK_REVOKED" : "none", grantIds: ids };
  },
};

export const DISABLER: Actor = {
  name: "reload: disabled",
  isStop: true,
  act: async (race) => {
    const ids = race.log.filter(({ type }) => type === "elevation.requested").map(({ grantId }) => grantId ?? "");
    return { ...(await race.reload({ enabled: false })), grantIds: ids };
  },
};

export const TOOL_DENIER: Actor = { name: "reload: exec denied", deniesExec: true, act: (race) => race.reload({ deniedTools: ["exec"] }) };

/** All clocks, to so many milliseconds from the end of what started at 0. */
export function clockMover(limitMs: number, delta: number, fire: boolean): Actor {
  return {
    name: `time: ${limitMs}${delta < 0 ? delta : `+${delta}`}${fire ? "" : ", no timer fires"}`,
    moves: "on",
    act: async (race) => {
      const byMs = Math.max(0, limitMs + delta - race.clock.mono());
      race.move({ mono: byMs, boot: byMs, wall: byMs }, fire);
      return { code: "moved", grantIds: [] };
    },
  };
}

export const ROLLBACK: Actor = {
  name: "the wall clock goes back",
  moves: "back",
  act: async (race) => {
    race.move({ mono: 0, boot: 0, wall: -1_001 }, true);
    return { code: "moved", grantIds: [] };
  },
};

/** With the code that is the latest when its turn comes. */
export const CONFIRMER: Actor = { name: "confirm", act: (race) => race.confirm() };

/** With the code that was the latest before the race. */
export const FIRST_CONFIRMER: Actor = { name: "confirm the first", act: (race) => race.confirm(race.codes[0]) };

export const GUESSER: Actor = { name: "guess", act: (race) => race.confirm("OILU0000") };

export const REQUESTER: Actor = { name: "request", act: (race) => race.request({ ttlMs: GRANT_TTL_MS, reason: "once more, please" }) };

export const ACQUIRER: Actor = { name: "acquire", act: (race) => race.acquire("exec") };
