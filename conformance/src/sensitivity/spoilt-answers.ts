import type { Interception, Members, Surroundings } from "../mutation/intercept.ts";
import { CallLedger } from "./call-ledger.ts";
import type { LedgerCall } from "./call-ledger.ts";

/** The call that a frame of the subject belongs to, with its id. */
export interface AnsweredCall extends LedgerCall {
  readonly id: unknown;
}

/** Changes what the subject says in answer to one method, items and responses alike; everything else passes. */
export function spoiltAnswers(
  method: string,
  change: (frame: Members, call: AnsweredCall, surroundings: Surroundings) => readonly Members[],
): Interception {
  const ledger = new CallLedger();
  return {
    toSubject: (frame) => {
      ledger.noted(frame);
      return [frame];
    },
    fromSubject: (frame, surroundings) => {
      const call = ledger.callOf(frame);
      return call?.method === method ? change(frame, { ...call, id: ledger.idOf(frame) }, surroundings) : [frame];
    },
  };
}
