import fc from "fast-check";

import { confirm, confirmStep, confirmWithHook, grant, guess, lockout, misuse, request, requestStep } from "./commands/asking.ts";
import { arranged } from "./commands/arranging.ts";
import { auditRefuses, auditTakes, withoutAudit } from "./commands/auditing.ts";
import { acquire, acquireAll, acquireAllStep, acquireStep, check, checkStep, release } from "./commands/calling.ts";
import { deny, denyStep, endSession, reload, restart, restartWhenNarrowed, revoke, revokeStep } from "./commands/ending.ts";
import { boundaryStep, suspend, tick, toBoundary, wallJump } from "./commands/moving.ts";
import { HOT } from "./contexts.ts";
import type { ElevationCommand, System } from "./elevation-command.ts";
import type { ElevationOracle } from "./oracle.ts";

/** What may be the first to see that something is over. */
const boundary = toBoundary({
  check: checkStep(HOT, "exec"),
  acquire: acquireStep(HOT, "exec"),
  "acquire twice at once": acquireAllStep(HOT, 2),
  confirm: confirmStep(HOT, "current"),
  "confirm a wrong code": confirmStep(HOT, "bad"),
  request: requestStep(HOT, { ttlMs: 30_000, reason: "try once more" }),
  deny: denyStep(HOT),
  revoke: revokeStep(HOT, "own"),
});

const ask = requestStep(HOT, { ttlMs: 30_000, reason: "try once more" });
const timeRunsOut = boundaryStep(["mono", "boot", "wall"], 0, { fire: true });

/** What may happen to a request while nothing can be written. */
const unauditedAsking = withoutAudit({
  confirm: confirmStep(HOT, "current"),
  "confirm once more": confirmStep(HOT, "current"),
  "confirm a wrong code": confirmStep(HOT, "bad"),
  request: ask,
  deny: denyStep(HOT),
  time: timeRunsOut,
});

/** And to a grant. */
const unauditedCalling = withoutAudit({
  acquire: acquireStep(HOT, "exec"),
  "acquire twice at once": acquireAllStep(HOT, 2),
  request: ask,
  revoke: revokeStep(HOT, "own"),
  time: timeRunsOut,
});

/** Defects hide from commands that are spread evenly: most runs would never have a grant that somebody then looks at. */
const WEIGHTS: readonly (readonly [number, fc.Arbitrary<ElevationCommand>])[] = [
  [12, grant],
  [12, arranged(boundary)],
  [8, guess],
  [3, lockout],
  [5, request],
  [6, arranged(confirm, "pending")],
  [5, arranged(confirmWithHook, "pending")],
  [3, arranged(misuse, "pending")],
  [3, arranged(deny, "pending")],
  [6, arranged(revoke)],
  [2, arranged(endSession)],
  [3, tick],
  [3, suspend],
  [6, arranged(wallJump)],
  [2, check],
  [5, arranged(acquire, "active")],
  [3, arranged(acquireAll, "active")],
  [3, release],
  [4, arranged(reload)],
  [12, restartWhenNarrowed],
  [1, restart],
  [3, arranged(unauditedAsking, "pending")],
  [3, arranged(unauditedCalling, "active")],
  [1, auditRefuses],
  [8, auditTakes],
];

export type Commands = Iterable<fc.AsyncCommand<ElevationOracle, System>>;

/** With the default size fast-check makes a few commands a run, whatever their maximum. */
export function allCommands(replayPath?: string): fc.Arbitrary<Commands> {
  const command = fc.oneof(...WEIGHTS.map(([weight, arbitrary]) => ({ weight, arbitrary })));
  return fc.commands<ElevationOracle, System, false>([command], {
    maxCommands: 60,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
}
