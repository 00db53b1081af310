import { CodedError, SystemClock, VirtualClock } from "@flynn/sdk/kernel";
import type { Json } from "@flynn/sdk/kernel";
import type { SubjectContract, SubjectEnvironment, SubjectInstance } from "@flynn/sdk/subject";
import type { OpenParams } from "@flynn/sdk/wire";

import { SecretCodec } from "./secret-codec.ts";
import { StreamPump } from "./stream-pump.ts";

/** What an instance needs of the wire. */
export interface WirePort {
  request(method: string, params: object): Promise<Json>;
  notify(method: string, params: object): void;
}

type Method = (...args: unknown[]) => unknown;

/** One open implementation and what the wire knows of it. */
export class ServedInstance {
  readonly #name: string;
  readonly #implementation: SubjectInstance;
  readonly #clock: VirtualClock | undefined;
  readonly #controller: AbortController;
  readonly #secrets: SecretCodec;
  readonly #wire: WirePort;

  private constructor(
    name: string,
    implementation: SubjectInstance,
    clock: VirtualClock | undefined,
    controller: AbortController,
    secrets: SecretCodec,
    wire: WirePort,
  ) {
    this.#name = name;
    this.#implementation = implementation;
    this.#clock = clock;
    this.#controller = controller;
    this.#secrets = secrets;
    this.#wire = wire;
  }

  static async open(contract: SubjectContract, isVirtual: boolean, params: OpenParams, wire: WirePort): Promise<ServedInstance> {
    const { instance } = params;
    const controller = new AbortController();
    const clock = isVirtual
      ? new VirtualClock(params.clock, {
          armed: (timer, due) => wire.notify("clock.armed", { instance, timer, due }),
          disarmed: (timer) => wire.notify("clock.disarmed", { instance, timer }),
        })
      : undefined;
    const secrets = new SecretCodec(async (handle) => {
      const revealed = (await wire.request("secret.reveal", { instance, handle })) as { readonly value: string };
      return revealed.value;
    });
    const environment: SubjectEnvironment = {
      config: secrets.decode(params.config),
      environment: params.environment,
      dir: params.dir,
      endpoints: params.endpoints,
      clock: clock ?? new SystemClock(),
      host: hostPorts(instance, wire),
      signal: controller.signal,
      log: (level, message, fields) => wire.notify("log", { level, message, ...(fields ? { fields } : {}) }),
    };
    const implementation: unknown = await contract.open(environment);
    if (typeof implementation !== "object" || implementation === null) {
      throw new CodedError(
        "NOT_AN_INSTANCE",
        `open gave ${String(implementation)}; it must give an object with the methods of the contract`,
      );
    }
    return new ServedInstance(instance, implementation as SubjectInstance, clock, controller, secrets, wire);
  }

  /** The method of that name, or undefined where the implementation has none. */
  method(name: string): Method | undefined {
    const member: unknown = (this.#implementation as unknown as Record<string, unknown>)[name];
    return typeof member === "function" && name !== "constructor" ? (member as Method).bind(this.#implementation) : undefined;
  }

  /** Runs a method; a stream comes back as a pump that has not started. */
  async call(
    method: Method,
    name: string,
    callId: number | string,
    args: readonly Json[],
    controller: AbortController,
    credit: number | undefined,
  ): Promise<{ readonly value: Json } | { readonly pump: StreamPump }> {
    const given = method(...args.map((arg) => this.#secrets.decode(arg)), { signal: controller.signal });
    if (typeof given === "object" && given !== null && Symbol.asyncIterator in given) {
      const sendItem = (seq: number, value: unknown): void =>
        this.#wire.notify("item", { call: callId, seq, value: this.#secrets.encode(value, name) });
      return { pump: new StreamPump(given as AsyncIterable<unknown>, controller, credit, sendItem) };
    }
    const value = await given;
    if (typeof value === "object" && value !== null && Symbol.asyncIterator in value) {
      throw new CodedError("NOT_JSON", `${name} gave a promise of a stream; a method that streams returns the stream itself`);
    }
    return { value: this.#secrets.encode(value, name) };
  }

  setClock(params: { readonly mono: number; readonly boot: number; readonly wall: number; readonly fire: boolean }): Json {
    if (!this.#clock) throw new CodedError("REAL_CLOCK", "This subject said at hello that its clock is real; it cannot be set");
    const moved = this.#clock.set(params);
    return { mono: moved.mono, fired: [...moved.fired], next: moved.next };
  }

  reveal(handle: string): string | Promise<string> | undefined {
    return this.#secrets.reveal(handle);
  }

  async close(): Promise<void> {
    this.#controller.abort(new DOMException(`The instance ${this.#name} was closed`, "AbortError"));
    const close = this.method("close");
    if (close) await close();
  }
}

/** A proxy, because which ports there are is the contract's business and not the wire's. */
function hostPorts(instance: string, wire: WirePort): SubjectEnvironment["host"] {
  return new Proxy(Object.create(null) as SubjectEnvironment["host"], {
    get: (_target, port) =>
      typeof port === "string" && port !== "then"
        ? (...args: Json[]): Promise<Json> => wire.request("host.port", { instance, port, args })
        : undefined,
  });
}
