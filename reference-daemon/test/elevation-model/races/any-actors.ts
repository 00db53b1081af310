import fc from "fast-check";

import { BASE_POLICY } from "../contexts.ts";
import {
  ACQUIRER,
  clockMover,
  CONFIRMER,
  DENIER,
  DISABLER,
  FIRST_CONFIRMER,
  GUESSER,
  REQUESTER,
  REVOKERS,
  ROLLBACK,
  SESSION_ENDER,
  TOOL_DENIER,
} from "./actors.ts";
import type { Actor } from "./race.ts";

/** Whatever ends a grant but time. */
export const STOPPERS: readonly Actor[] = [...REVOKERS, DENIER, SESSION_ENDER, DISABLER, ROLLBACK];

/** Time that runs out, nearly, just, or a little ago; with timers that fire or not. */
export function timeTo(...limits: readonly number[]): fc.Arbitrary<Actor> {
  return fc
    .tuple(fc.constantFrom(...limits), fc.constantFrom(-1, 0, 1), fc.boolean())
    .map(([limitMs, delta, fire]) => clockMover(limitMs, delta, fire));
}

/** Around a request that waits for its code. */
export const aroundConfirming: fc.Arbitrary<readonly Actor[]> = some(
  fc.oneof(
    fc.constantFrom(CONFIRMER, FIRST_CONFIRMER),
    fc.constantFrom(...STOPPERS, TOOL_DENIER),
    fc.constantFrom(GUESSER, REQUESTER, ACQUIRER),
    timeTo(BASE_POLICY.hookTimeoutMs, BASE_POLICY.pendingTtlMs),
  ),
);

/** Around a grant that calls are made under. */
export function aroundCalling(ttlMs: number, stoppers: readonly Actor[]): fc.Arbitrary<readonly Actor[]> {
  return some(fc.oneof(fc.constant(ACQUIRER), fc.constantFrom(...stoppers), fc.constantFrom(GUESSER, REQUESTER, CONFIRMER), timeTo(ttlMs)));
}

function some(actor: fc.Arbitrary<Actor>): fc.Arbitrary<readonly Actor[]> {
  return fc.array(actor, { minLength: 2, maxLength: 5, size: "max" });
}
