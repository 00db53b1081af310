import { isResponse } from "../mutation/intercept.ts";
import type { Members } from "../mutation/intercept.ts";

export interface LedgerCall {
  readonly method: string;
  readonly instance: string;
  readonly isStream: boolean;
}

/** Which call of the contract a frame belongs to, for one session. */
export class CallLedger {
  readonly #calls = new Map<unknown, LedgerCall>();

  /** Notes a frame of the host; the call, if it is one. */
  noted(frame: Members): LedgerCall | undefined {
    if (frame["method"] !== "call") return undefined;
    const params = frame["params"] as Members;
    const call = { method: String(params["method"]), instance: String(params["instance"]), isStream: typeof params["credit"] === "number" };
    this.#calls.set(frame["id"], call);
    return call;
  }

  /** The call that a frame answers, sends an item of, cancels or gives credit to. */
  callOf(frame: Members): LedgerCall | undefined {
    return this.#calls.get(this.idOf(frame));
  }

  /** The id of that call. */
  idOf(frame: Members): unknown {
    if (isResponse(frame)) return frame["id"];
    return (frame["params"] as Members | undefined)?.["call"];
  }
}

/** The port that a request of the subject asks, or undefined. */
export function portOf(frame: Members): string | undefined {
  if (frame["method"] !== "host.port") return undefined;
  return String((frame["params"] as Members)["port"]);
}
