import type { Json } from "@flynn/sdk/kernel";
import { RPC_ERROR } from "@flynn/sdk/wire";

import type { RpcAnswer } from "./rpc-answer.ts";

/** What an instance answers to the subject's own requests and hears of its clock. */
export interface InstanceListener {
  port(name: string, args: readonly Json[]): Promise<RpcAnswer>;
  reveal(handle: string): string | undefined;
  armed(timer: number, due: number): void;
  disarmed(timer: number): void;
}

type Params = Readonly<Record<string, unknown>>;

/** The open instances of a session, to which the subject's own requests and notifications go by name. */
export class InstanceDirectory {
  readonly #instances = new Map<string, InstanceListener>();

  attach(instance: string, listener: InstanceListener): void {
    this.#instances.set(instance, listener);
  }

  detach(instance: string): void {
    this.#instances.delete(instance);
  }

  /** Answers `host.port` and `secret.reveal`; `params` match their schema. */
  async answer(method: string, params: Params): Promise<RpcAnswer> {
    const instance = this.#instances.get(String(params["instance"]));
    if (!instance) return refusal(`No instance is open under the name ${String(params["instance"])}`);
    if (method === "host.port") return instance.port(String(params["port"]), params["args"] as Json[]);
    const value = instance.reveal(String(params["handle"]));
    return value === undefined ? refusal("No secret has this handle") : { result: { value } };
  }

  /** Passes on `clock.armed` and `clock.disarmed`. */
  notify(method: string, params: Params): void {
    const instance = this.#instances.get(String(params["instance"]));
    if (method === "clock.armed") instance?.armed(params["timer"] as number, params["due"] as number);
    if (method === "clock.disarmed") instance?.disarmed(params["timer"] as number);
  }
}

function refusal(message: string): RpcAnswer {
  return { error: { code: RPC_ERROR.invalidParams, message } };
}
