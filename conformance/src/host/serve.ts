import { CodedError, codedErrorJson } from "@flynn/sdk/kernel";
import type { Json } from "@flynn/sdk/kernel";
import type { Subject } from "@flynn/sdk/subject";
import { RPC_ERROR, WIRE_PROTOCOL, hostNotifications, hostRequests } from "@flynn/sdk/wire";
import type { FrameId } from "@flynn/sdk/wire";

import { jsonOrUndefined } from "../wire/json-text.ts";
import type { SubjectLine } from "../wire/memory-transport.ts";
import { ServedInstance } from "./instance.ts";
import type { StreamPump } from "./stream-pump.ts";

type Cancel = (how: "abort" | "return") => void;

class RpcError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Serves one subject over one line: the subject's half of the wire, the same for every driver. */
export class SubjectServer {
  readonly #subject: Subject;
  readonly #line: SubjectLine;
  readonly #instances = new Map<string, ServedInstance>();
  readonly #calls = new Map<FrameId, Cancel>();
  readonly #pumps = new Map<FrameId, StreamPump>();
  readonly #asked = new Map<FrameId, { resolve(value: Json): void; reject(error: Error): void }>();
  #lastRequest = 0;

  constructor(subject: Subject, line: SubjectLine) {
    this.#subject = subject;
    this.#line = line;
    line.onLine((text) => void this.#receive(text));
    // Nobody is left to be told of a close that fails.
    line.onEnd(() => void this.#closeAll().catch(() => undefined));
  }

  async #receive(text: string): Promise<void> {
    const frame = jsonOrUndefined(text);
    if (typeof frame !== "object" || frame === null) {
      this.#answer({ id: null, error: { code: RPC_ERROR.parse, message: "This line is not JSON" } });
      return;
    }
    const { id, method, params } = frame as Record<string, unknown>;
    if (typeof method !== "string") this.#settleAsked(frame as Record<string, unknown>);
    else if (id === undefined) this.#onNotification(method, params);
    else await this.#onRequest(id as FrameId, method, params);
  }

  async #onRequest(id: FrameId, method: string, params: unknown): Promise<void> {
    try {
      this.#answer({ id, result: await this.#handle(id, method, params) });
    } catch (error) {
      if (error instanceof RpcError) this.#answer({ id, error: { code: error.code, message: error.message } });
      else this.#answer({ id, error: { code: RPC_ERROR.coded, message: "The call failed", data: codedErrorJson(error) } });
    }
  }

  async #handle(id: FrameId, method: string, given: unknown): Promise<Json> {
    switch (method) {
      case "hello":
        return this.#hello();
      case "open": {
        const params = parse(hostRequests.open.params, given);
        const contract = this.#subject.contracts[params.contract];
        if (!contract) throw new RpcError(RPC_ERROR.invalidParams, `This subject does not implement ${params.contract}`);
        const isVirtual = this.#subject.clock !== "real";
        this.#instances.set(params.instance, await ServedInstance.open(contract, isVirtual, params, this.#wirePort()));
        return {};
      }
      case "call":
        return this.#call(id, parse(hostRequests.call.params, given));
      case "clock.set": {
        const params = parse(hostRequests["clock.set"].params, given);
        return this.#instance(params.instance).setClock(params);
      }
      case "secret.reveal": {
        const params = parse(hostRequests["secret.reveal"].params, given);
        const value = await this.#instance(params.instance).reveal(params.handle);
        if (value === undefined) throw new RpcError(RPC_ERROR.invalidParams, `No secret has the handle ${params.handle}`);
        return { value };
      }
      case "close": {
        const { instance } = parse(hostRequests.close.params, given);
        const served = this.#instance(instance);
        this.#instances.delete(instance);
        await served.close();
        return {};
      }
      case "shutdown":
        await this.#closeAll();
        return {};
      default:
        throw new RpcError(RPC_ERROR.methodNotFound, `There is no method ${method}`);
    }
  }

  #hello(): Json {
    const contracts = Object.entries(this.#subject.contracts).map(([key, contract]) => [
      key,
      { flags: contract.flags ?? {}, facts: contract.facts ?? {} },
    ]);
    return {
      protocol: WIRE_PROTOCOL,
      subject: { name: this.#subject.name, version: this.#subject.version },
      contracts: Object.fromEntries(contracts) as Json,
      clock: this.#subject.clock ?? "virtual",
    };
  }

  async #call(id: FrameId, params: ReturnType<typeof hostRequests.call.params.parse>): Promise<Json> {
    const instance = this.#instance(params.instance);
    const method = instance.method(params.method);
    if (!method) throw new RpcError(RPC_ERROR.methodNotFound, `The instance has no method ${params.method}`);
    const controller = new AbortController();
    const abort = (): void => controller.abort(new DOMException("The call was aborted", "AbortError"));
    if (params.aborted) abort();
    this.#calls.set(id, abort);
    try {
      const outcome = await instance.call(method, params.method, id, params.args, controller, params.credit);
      if ("value" in outcome) return outcome.value;
      this.#pumps.set(id, outcome.pump);
      this.#calls.set(id, (how) => outcome.pump.cancel(how));
      return { end: await outcome.pump.run() };
    } finally {
      this.#calls.delete(id);
      this.#pumps.delete(id);
    }
  }

  #onNotification(method: string, given: unknown): void {
    if (method === "credit") {
      const { call, n } = hostNotifications.credit.parse(given);
      this.#pumps.get(call)?.addCredit(n);
    } else if (method === "cancel") {
      const { call, how } = hostNotifications.cancel.parse(given);
      this.#calls.get(call)?.(how);
    }
  }

  #instance(name: string): ServedInstance {
    const instance = this.#instances.get(name);
    if (!instance) throw new RpcError(RPC_ERROR.invalidParams, `No instance is open under the name ${name}`);
    return instance;
  }

  async #closeAll(): Promise<void> {
    const open = [...this.#instances.values()];
    this.#instances.clear();
    await Promise.all(open.map((instance) => instance.close()));
  }

  #wirePort(): { request(method: string, params: object): Promise<Json>; notify(method: string, params: object): void } {
    return {
      request: (method, params) =>
        new Promise((resolve, reject) => {
          this.#lastRequest += 1;
          const id = `s${this.#lastRequest}`;
          this.#asked.set(id, { resolve, reject });
          this.#answer({ id, method, params });
        }),
      notify: (method, params) => this.#answer({ method, params }),
    };
  }

  #settleAsked(frame: Record<string, unknown>): void {
    const waiting = this.#asked.get(frame["id"] as FrameId);
    this.#asked.delete(frame["id"] as FrameId);
    const error = frame["error"] as { message?: string; data?: { code?: string; message?: string; retryable?: boolean } } | undefined;
    if (!error) waiting?.resolve(frame["result"] as Json);
    else {
      const message = error.data?.message ?? error.message ?? "The host refused the request";
      waiting?.reject(new CodedError(error.data?.code ?? "HOST_ERROR", message, { retryable: error.data?.retryable ?? false }));
    }
  }

  #answer(members: object): void {
    this.#line.send(JSON.stringify({ jsonrpc: "2.0", ...members }));
  }
}

function parse<Value>(
  schema: { safeParse(value: unknown): { success: true; data: Value } | { success: false; error: { message: string } } },
  given: unknown,
): Value {
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new RpcError(RPC_ERROR.invalidParams, parsed.error.message);
  return parsed.data;
}
