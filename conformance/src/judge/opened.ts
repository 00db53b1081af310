import type { ClockReading, Json } from "@flynn/sdk/kernel";
import type { ContractDefinition, MethodDefinition, OpenParams } from "@flynn/sdk/wire";
import { INITIAL_CREDIT, RPC_ERROR, contractKey, secretReferenceSchema } from "@flynn/sdk/wire";
import * as z from "zod";

import type { RpcAnswer } from "../wire/rpc-answer.ts";
import type { Session } from "../wire/session.ts";
import { NoAnswer, Unjudgeable } from "../wire/session-failure.ts";
import { HandedSecrets } from "./handed-secrets.ts";
import { InstanceClock } from "./instance-clock.ts";
import type { Answer, AnsweredError, OpenInstance, OpenOptions, OpenStream, PendingCall, PortHandler } from "./open-instance.ts";

export interface OpenedBy {
  readonly contract: ContractDefinition;
  readonly dir: string;
  readonly canary: string;
  readonly usesRealClock: boolean;
  readonly reading: ClockReading;
  /** Kills the process and opens the same directory in a new one. */
  reopen(options: OpenOptions): Promise<Opened>;
}

/** No case makes a stream of this length, so one that is longer has no end. */
const MOST_ITEMS = 10_000;

let opened = 0;

/** An {@link OpenInstance} over a session: schema-checks every answer, so that a case sees sound values only. */
export class Opened implements OpenInstance {
  readonly dir: string;
  readonly clock: InstanceClock;
  readonly #name: string;
  readonly #session: Session;
  readonly #by: OpenedBy;
  readonly #options: OpenOptions;
  readonly #secrets: HandedSecrets;
  #isOpen = true;
  /** The codes that ports failed with, and which port each was. */
  readonly #portCodes = new Map<string, string>();
  #portFault: { readonly thrown: unknown } | undefined;

  private constructor(session: Session, by: OpenedBy, options: OpenOptions) {
    opened += 1;
    this.#name = `i${opened}`;
    this.dir = by.dir;
    this.#session = session;
    this.#by = by;
    this.#secrets = new HandedSecrets((label, value) => session.canaries.plant(label, value));
    this.#options = options;
    this.clock = new InstanceClock(this.#name, session, by.reading, by.usesRealClock);
  }

  static async open(session: Session, by: OpenedBy, options: OpenOptions): Promise<Opened> {
    const instance = new Opened(session, by, options);
    await instance.#open();
    return instance;
  }

  get flags(): Readonly<Record<string, boolean>> {
    return this.#session.hello.contracts[contractKey(this.#by.contract)]?.flags ?? {};
  }

  get session(): Session {
    return this.#session;
  }

  get name(): string {
    return this.#name;
  }

  /** What a port handler of the case threw, if one did. */
  get portFault(): { readonly thrown: unknown } | undefined {
    return this.#portFault;
  }

  async ask<Value>(method: string, ...args: readonly unknown[]): Promise<Answer<Value>> {
    return this.#judge<Value>(method, await this.#begin(method, args, false).answer);
  }

  begin<Value>(method: string, args: readonly unknown[], options: { readonly aborted?: boolean } = {}): PendingCall<Value> {
    const { id, answer } = this.#begin(method, args, options.aborted ?? false);
    const judged = answer.then((given) => this.#judge<Value>(method, given));
    judged.catch(() => undefined);
    return { answer: judged, abort: () => this.#session.cancel(id, "abort") };
  }

  stream<Item>(method: string, args: readonly unknown[], options: { readonly aborted?: boolean } = {}): OpenStream<Item> {
    const params = { ...this.#callParams(method, args, options.aborted ?? false), credit: INITIAL_CREDIT };
    const { id, stream, answer } = this.#session.beginStream(params);
    const definition = this.#definition(method);
    const nextItem = async (): Promise<Item | null> => {
      const item = await this.#session.bounded(stream.next(), `the next item of \`${method}\` (${stream.received} so far)`);
      if (item === undefined) {
        // The end settles the call: what broke it must surface where the case is reading.
        this.#judgeEnd(method, await answer);
        return null;
      }
      return this.#valid<Item>(method, definition, item.value);
    };
    const error = answer.then((given) => ("error" in given ? this.#coded(method, given.error) : null));
    error.catch(() => undefined);
    return {
      next: nextItem,
      rest: async () => {
        const items: Item[] = [];
        for (let item = await nextItem(); item !== null; item = await nextItem()) {
          items.push(item);
          if (items.length === MOST_ITEMS)
            throw new NoAnswer(`\`${method}\` sent ${MOST_ITEMS} items and no end.`, "End the stream once there is nothing more to tell.");
        }
        return items;
      },
      abort: () => this.#session.cancel(id, "abort"),
      return: async () => {
        const before = stream.received;
        this.#session.cancel(id, "return");
        this.#judgeEnd(method, await this.#session.bounded(answer, `the end of \`${method}\` after the reader had gone`));
        return stream.received - before;
      },
      error,
    };
  }

  async reveal(secret: unknown): Promise<string> {
    const { $secret: handle } = secretReferenceSchema.parse(secret);
    const answer = await this.#session.request("secret.reveal", { instance: this.#name, handle });
    const value = "result" in answer ? z.strictObject({ value: z.string() }).safeParse(answer.result) : undefined;
    if (!value?.success) {
      this.#session.violate(
        "WIRE-003",
        "invalid-value",
        "asked `secret.reveal` for a secret that the subject had returned",
        '{ "value": <string> }',
        "error" in answer ? answer.error.message : "something else",
      );
      throw new Unjudgeable("WIRE-003", "the secret could not be revealed");
    }
    this.#session.canaries.plant("a secret that the subject gave out", value.data.value);
    return value.data.value;
  }

  async killAndReopen(): Promise<Opened> {
    this.#isOpen = false;
    return this.#by.reopen(this.#options);
  }

  async close(): Promise<void> {
    if (!this.#isOpen || !this.#session.isUsable) return;
    this.#isOpen = false;
    const answer = await this.#session.request("close", { instance: this.#name });
    this.#session.detach(this.#name);
    this.#expectEmpty("closed the instance", answer);
    if ("error" in answer) {
      this.#session.violate(
        "WIRE-001",
        "close-failed",
        "closed the instance",
        "the answer {}",
        `the error ${answer.error.data?.message ?? answer.error.message}`,
      );
    }
  }

  async #open(): Promise<void> {
    this.#session.attach(this.#name, {
      port: (port, args) => this.#answerPort(port, args),
      reveal: (handle) => this.#secrets.reveal(handle),
      armed: (timer, due) => this.clock.onArmed(timer, due),
      disarmed: (timer) => this.clock.onDisarmed(timer),
    });
    const environment = { FLYNN_TEST_API_KEY: this.#by.canary, ...this.#options.environment };
    this.#session.canaries.plant("an API key in the environment", this.#by.canary);
    const params: OpenParams = {
      instance: this.#name,
      contract: contractKey(this.#by.contract),
      config: this.#secrets.hide(this.#options.config ?? {}),
      environment,
      dir: this.#by.dir,
      endpoints: { ...this.#options.endpoints },
      clock: this.clock.reading,
    };
    const answer = await this.#session.request("open", params).catch((error: unknown) => {
      if (error instanceof NoAnswer) return this.#failOpen(error.message);
      throw error;
    });
    this.#expectEmpty("opened an instance", answer);
    if ("error" in answer)
      this.#failOpen(`the error ${answer.error.data ? `${answer.error.data.code}: ${answer.error.data.message}` : answer.error.message}`);
  }

  #expectEmpty(did: string, answer: RpcAnswer): void {
    if ("error" in answer || z.strictObject({}).safeParse(answer.result).success) return;
    this.#session.violate("WIRE-003", "invalid-value", did, "the result {}", JSON.stringify(answer.result));
  }

  #failOpen(got: string): never {
    this.#session.violate("WIRE-001", "open-failed", "opened an instance", "the answer {}", got);
    throw new Unjudgeable("WIRE-001", "the instance could not be opened");
  }

  #begin(
    method: string,
    args: readonly unknown[],
    isAborted: boolean,
  ): { readonly id: string | number; readonly answer: Promise<RpcAnswer> } {
    return this.#session.begin("call", this.#callParams(method, args, isAborted));
  }

  #callParams(
    method: string,
    args: readonly unknown[],
    isAborted: boolean,
  ): { instance: string; method: string; args: Json[]; aborted?: true } {
    const params = { instance: this.#name, method, args: args.map((arg) => this.#secrets.hide(arg)) };
    return isAborted ? { ...params, aborted: true } : params;
  }

  #definition(method: string): MethodDefinition {
    const definition = this.#by.contract.methods[method];
    if (!definition) throw new Error(`The contract ${this.#by.contract.name} has no method ${method}`);
    return definition;
  }

  #judge<Value>(method: string, answer: RpcAnswer): Answer<Value> {
    if ("error" in answer) return { ok: false, error: this.#coded(method, answer.error) };
    return { ok: true, value: this.#valid<Value>(method, this.#definition(method), answer.result) };
  }

  #judgeEnd(method: string, answer: RpcAnswer): void {
    if ("error" in answer) this.#coded(method, answer.error);
    else if (!z.strictObject({ end: z.int().min(0) }).safeParse(answer.result).success) {
      this.#session.violate(
        "WIRE-003",
        "invalid-value",
        `read the stream \`${method}\``,
        '{ "end": <number of items> } as the response',
        JSON.stringify(answer.result).slice(0, 200),
      );
      throw new Unjudgeable("WIRE-003", `the response of \`${method}\` is not the end of a stream`);
    }
  }

  #valid<Value>(method: string, definition: MethodDefinition, value: Json): Value {
    const parsed = definition.value.safeParse(value);
    if (parsed.success) return value as Value;
    this.#session.violate(
      "WIRE-003",
      "invalid-value",
      `called \`${method}\``,
      "a value that matches the schema of the contract",
      z.prettifyError(parsed.error).slice(0, 600),
    );
    throw new Unjudgeable("WIRE-003", `the value of \`${method}\` does not match its schema`);
  }

  #coded(method: string, error: Extract<RpcAnswer, { error: unknown }>["error"]): AnsweredError {
    const definition = this.#definition(method);
    const hasFlag = definition.flag === undefined || this.flags[definition.flag] === true;
    if (error.code === RPC_ERROR.methodNotFound) {
      if (!hasFlag) return { code: "UNSUPPORTED", message: error.message, retryable: false };
      this.#session.violate(
        "WIRE-001",
        "method-missing",
        `called \`${method}\``,
        "the method of the contract",
        `the error ${error.message}`,
      );
      throw new Unjudgeable("WIRE-001", `there is no method \`${method}\``);
    }
    if (error.data?.code === "NOT_JSON") {
      this.#session.violate("WIRE-003", "invalid-value", `called \`${method}\``, "a value that the wire can carry", error.data.message);
      throw new Unjudgeable("WIRE-003", error.data.message);
    }
    if (!error.data || !this.#by.contract.errorCodes.includes(error.data.code)) {
      const port = this.#portCodes.get(error.data?.code ?? "");
      const passedOn = port === undefined ? "" : `, which is what the port \`${port}\` failed with`;
      const got = error.data ? `${error.data.code}: ${error.data.message}${passedOn}` : `${error.code} without \`data\`: ${error.message}`;
      const diagnosis = error.data ? "unknown-code" : "uncoded-error";
      this.#session.violate(
        "WIRE-007",
        diagnosis,
        `called \`${method}\``,
        `an answer, or an error with one of the codes ${this.#by.contract.errorCodes.join(", ")}`,
        got,
      );
      throw new Unjudgeable("WIRE-007", `\`${method}\` failed with ${got}`);
    }
    return error.data;
  }

  async #answerPort(port: string, args: readonly Json[]): Promise<RpcAnswer> {
    const definition = Object.hasOwn(this.#by.contract.ports, port) ? this.#by.contract.ports[port] : undefined;
    const handler: PortHandler | undefined = this.#options.ports?.[port];
    if (!definition) return { error: { code: RPC_ERROR.methodNotFound, message: `The contract has no port ${port}` } };
    const parsed = definition.args.safeParse(args);
    if (!parsed.success) {
      this.#session.violate(
        "WIRE-003",
        "invalid-value",
        `answered the port \`${port}\``,
        "arguments that match the schema of the contract",
        z.prettifyError(parsed.error),
      );
      return { error: { code: RPC_ERROR.invalidParams, message: "The arguments do not match the schema" } };
    }
    if (!handler) return refusal({ code: "UNAVAILABLE", message: "The host does not answer this port now" });
    try {
      const answer = await handler(args);
      if ("value" in answer) return { result: answer.value };
      this.#portCodes.set(answer.reject.code, port);
      return refusal(answer.reject);
    } catch (thrown) {
      this.#portFault ??= { thrown };
      return refusal({ code: "UNAVAILABLE", message: "The suite failed to answer" });
    }
  }
}

function refusal(error: { readonly code: string; readonly message: string }): RpcAnswer {
  return { error: { code: RPC_ERROR.coded, message: "Refused", data: { ...error, retryable: false } } };
}
