import type { Json } from "@flynn/sdk/kernel";
import {
  LARGEST_FRAME_BYTES,
  RPC_ERROR,
  WIRE_PROTOCOL,
  errorFrameSchema,
  hostRequests,
  resultFrameSchema,
  subjectNotifications,
  subjectRequests,
} from "@flynn/sdk/wire";
import type { FrameId, Hello } from "@flynn/sdk/wire";
import * as z from "zod";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { Bounds } from "./bounds.ts";
import { CanaryScanner } from "./canary.ts";
import { NoAnswer, SubjectGone, Unjudgeable } from "./session-failure.ts";
import { SessionStream } from "./session-stream.ts";
import { Transcript } from "./transcript.ts";
import type { ExitStatus, Transport } from "./transport.ts";
import type { Diagnosis, Violation } from "./violation.ts";

export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: z.infer<typeof errorFrameSchema>["error"]["data"];
}
export type RpcAnswer = { readonly result: Json } | { readonly error: RpcError };

/** What an instance answers to the subject's own requests and hears of its clock. */
export interface InstanceListener {
  port(name: string, args: readonly Json[]): Promise<RpcAnswer>;
  reveal(handle: string): string | undefined;
  armed(timer: number, due: number): void;
  disarmed(timer: number): void;
}

interface Pending {
  readonly method: string;
  /** The one response in which a secret may cross. */
  readonly mayHoldSecret: boolean;
  readonly settle: (answer: RpcAnswer) => void;
  readonly fail: (error: Error) => void;
}

const PREVIEW = 160;
const FLOOD_ITEMS = 100_000;

/** The host's half of the wire with one running subject, and the watch over everything that WIRE rows ask. */
export class Session {
  readonly violations: Violation[] = [];
  readonly canaries = new CanaryScanner();
  transcript = new Transcript();
  caseId: string | null = null;
  /** The last request, in words, for the message of a case that got no answer to it. */
  lastRequest = "started the subject";
  readonly #transport: Transport;
  readonly #bounds: Bounds;
  readonly #pending = new Map<FrameId, Pending>();
  readonly #answered = new Set<FrameId>();
  readonly #streams = new Map<FrameId, SessionStream>();
  readonly #instances = new Map<string, InstanceListener>();
  #stderr = "";
  #lastId = 0;
  #frames = 0;
  #exit: ExitStatus | undefined;
  #isBroken = false;
  #hello: Hello | undefined;

  constructor(transport: Transport, bounds: Bounds) {
    this.#transport = transport;
    this.#bounds = bounds;
    transport.listen({
      line: (text) => this.#onLine(text),
      stderr: (text) => this.#onStderr(text),
      exit: (status) => this.#onExit(status),
    });
  }

  /** Whether the subject can still be talked to. */
  get isUsable(): boolean {
    return !this.#isBroken && this.#exit === undefined;
  }

  get hello(): Hello {
    if (!this.#hello) throw new Error("The session has not said hello");
    return this.#hello;
  }

  get frames(): number {
    return this.#frames;
  }

  /** What the subject wrote to stderr, as far as it is kept. */
  get stderr(): string {
    return this.#stderr;
  }

  /** Its last lines. */
  get stderrTail(): string {
    return this.#stderr.trimEnd().split("\n").slice(-6).join("\n").slice(-1_000);
  }

  async greet(version: string): Promise<Hello> {
    const answer = await this.request(
      "hello",
      { protocol: WIRE_PROTOCOL, suite: { name: "flynn-conformance", version } },
      this.#bounds.hello,
    ).catch((error: unknown) => {
      throw this.#noHello(error as Error);
    });
    const parsed = "result" in answer ? hostRequests.hello.result.safeParse(answer.result) : undefined;
    if (!parsed?.success) {
      const got = "error" in answer ? `an error: ${answer.error.message}` : z.prettifyError(parsed?.error ?? new z.ZodError([]));
      throw new BadSubject(
        "bad-hello",
        `The answer to hello is not valid: ${this.canaries.redact(got)}`,
        "Compare it with the `hello` result in docs/spec/wire.md.",
      );
    }
    this.#hello = parsed.data;
    return parsed.data;
  }

  attach(instance: string, listener: InstanceListener): void {
    this.#instances.set(instance, listener);
  }

  detach(instance: string): void {
    this.#instances.delete(instance);
  }

  /** Sends a request and waits for its response; {@link NoAnswer} or {@link SubjectGone} when there will be none. */
  request(method: string, params: object, bound = this.#bounds.answer): Promise<RpcAnswer> {
    return this.begin(method, params, bound).answer;
  }

  begin(method: string, params: object, bound = this.#bounds.answer): { readonly id: FrameId; readonly answer: Promise<RpcAnswer> } {
    this.#lastId += 1;
    const id = this.#lastId;
    this.lastRequest = describeLastRequest(method, params);
    const answer = new Promise<RpcAnswer>((settle, fail) => {
      this.#pending.set(id, { method: describeRequest(method, params), mayHoldSecret: method === "secret.reveal", settle, fail });
    });
    if (this.#exit) this.#failPending(new SubjectGone(this.#describeExit(this.#exit)));
    else this.#send({ id, method, params });
    return { id, answer: this.#within(id, answer, bound) };
  }

  beginStream(params: object): { readonly id: FrameId; readonly stream: SessionStream; readonly answer: Promise<RpcAnswer> } {
    const id = this.#lastId + 1;
    const what = describeRequest("call", params);
    const stream = new SessionStream({
      grant: (n) => this.#send({ method: "credit", params: { call: id, n } }),
      overCredit: (seq) => {
        this.#violate("WIRE-005", "over-credit", what, "no item beyond the credit", `item ${seq} came without credit`);
        // A flood would fill the memory of the suite long before the case is over.
        if (seq > FLOOD_ITEMS) void this.kill();
      },
      outOfSequence: (expected, got) => this.#violate("WIRE-005", "item-out-of-sequence", what, `item ${expected}`, `item ${got}`),
      wrongCount: (sent, said) =>
        this.#violate(
          "WIRE-005",
          "wrong-item-count",
          what,
          `{ "end": ${sent} }, as many as were sent`,
          `{ "end": ${JSON.stringify(said)} }`,
        ),
      afterEnd: () => this.#violate("WIRE-006", "item-after-end", what, "nothing after the response", "an item"),
    });
    this.#streams.set(id, stream);
    // A stream may be followed for as long as the case wants; the case bounds each item.
    const { answer } = this.begin("call", params, Number.POSITIVE_INFINITY);
    answer.catch(() => stream.end(undefined));
    return { id, stream, answer };
  }

  cancel(call: FrameId, how: "abort" | "return"): void {
    this.#streams.get(call)?.cancelled();
    this.#send({ method: "cancel", params: { call, how } });
  }

  /** Bounds any wait on the subject. */
  async bounded<Value>(wait: Promise<Value>, what: string): Promise<Value> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#isBroken = true;
        reject(new NoAnswer(this.#hangMessage(what, this.#bounds.answer)));
      }, this.#bounds.answer);
    });
    try {
      return await Promise.race([wait, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  violate(requirement: string, diagnosis: Diagnosis, did: string, expected: string, got: string): void {
    this.#violate(requirement, diagnosis, did, expected, got);
  }

  /** Ends the subject without ceremony. */
  async kill(): Promise<void> {
    this.#isBroken = true;
    this.#transport.kill("SIGKILL");
    await this.#transport.exited;
  }

  /** The shutdown ladder: `shutdown`, end of stdin, SIGTERM, SIGKILL. What it takes is a WIRE-009 matter. */
  async end(): Promise<void> {
    if (!this.isUsable) {
      await this.kill();
      return;
    }
    const did = "sent `shutdown` and closed stdin";
    await this.request("shutdown", {}, this.#bounds.exit).catch((error: unknown) => {
      this.#violate("WIRE-004", "not-answered", "sent `shutdown`", "a response, then the exit once stdin closes", (error as Error).message);
    });
    this.#transport.endInput();
    if (!(await this.#exits(this.#bounds.exit))) {
      const waited = `the process was still running after ${this.#bounds.exit} ms`;
      this.#violate(
        "WIRE-009",
        "open-handle",
        did,
        "the process exits by itself",
        waited + (this.#stderr ? `; its stderr ends: ${this.stderrTail}` : ""),
      );
      this.#transport.kill("SIGTERM");
      if (!(await this.#exits(1_000))) this.#transport.kill("SIGKILL");
      await this.#transport.exited;
      return;
    }
    const status = await this.#transport.exited;
    if (status.leftOrphan)
      this.#violate(
        "WIRE-009",
        "orphan-process",
        did,
        "nothing left running",
        "a process that the subject started was still there; the suite has ended it",
      );
    if (status.code !== 0) this.#violate("WIRE-009", "bad-exit-status", did, "exit status 0", this.#describeExit(status));
  }

  async #exits(boundMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), boundMs);
    });
    const hasExited = await Promise.race([this.#transport.exited.then(() => true), late]);
    clearTimeout(timer);
    return hasExited;
  }

  async #within(id: FrameId, answer: Promise<RpcAnswer>, bound: number): Promise<RpcAnswer> {
    if (!Number.isFinite(bound)) return answer;
    let timer: NodeJS.Timeout | undefined;
    const timeout = (ms: number): Promise<"late"> =>
      new Promise((resolve) => {
        timer = setTimeout(() => resolve("late"), ms);
      });
    try {
      const inTime = await Promise.race([answer, timeout(bound)]);
      if (inTime !== "late") return inTime;
      const method = this.#pending.get(id)?.method ?? "the request";
      const afterAll = await Promise.race([answer, timeout(this.#bounds.late)]);
      this.#isBroken = true;
      if (this.#transport.unfinishedLine() !== "") {
        const text = this.#transport.unfinishedLine();
        this.#violate(
          "WIRE-002",
          "unflushed-line",
          `sent ${method}`,
          "a line that ends in a line feed",
          `${text.length} characters without one: ${preview(text)}`,
        );
        throw new Unjudgeable("WIRE-002", "the answer is a line without an end");
      }
      throw new NoAnswer(
        this.#hangMessage(`the answer to ${method}`, bound) +
          (afterAll === "late" ? "" : " It came later: the subject is slow, or blocks its own event loop."),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  #hangMessage(what: string, bound: number): string {
    const tail = this.#stderr ? ` Its stderr ends: ${this.stderrTail}` : "";
    return `${what} did not come within ${bound} ms.${tail}`;
  }

  #send(members: object): void {
    const line = JSON.stringify({ jsonrpc: "2.0", ...members });
    this.transcript.add("to-subject", line);
    this.#transport.send(line);
  }

  #onLine(text: string): void {
    this.#frames += 1;
    this.transcript.add("from-subject", text);
    if (Buffer.byteLength(text) >= LARGEST_FRAME_BYTES) {
      this.#violate("WIRE-003", "frame-too-large", "read a line from stdout", `at most ${LARGEST_FRAME_BYTES} bytes`, "a longer line");
      return;
    }
    let frame: unknown;
    try {
      frame = JSON.parse(text);
    } catch {
      this.#lookForCanary("stdout", text);
      this.#violate("WIRE-002", "stdout-noise", "read a line from stdout", "a JSON-RPC frame", `the text ${preview(text)}`);
      return;
    }
    if (typeof frame !== "object" || frame === null || Array.isArray(frame)) {
      this.#violate("WIRE-002", "stdout-noise", "read a line from stdout", "a JSON-RPC frame", `the JSON value ${preview(text)}`);
      return;
    }
    const members = frame as Record<string, unknown>;
    // Escapes could hide a value from a look at the text.
    const plain = text.includes("\\u") ? JSON.stringify(frame) : text;
    if (typeof members["method"] === "string") this.#onSubjectMessage(members["method"], members, plain);
    else this.#onResponse(members, plain);
  }

  #onResponse(frame: Record<string, unknown>, text: string): void {
    const isError = "error" in frame;
    const parsed = (isError ? errorFrameSchema : resultFrameSchema).safeParse(frame);
    const id = frame["id"] as FrameId | null | undefined;
    if (id === undefined || id === null) {
      const got = isError ? `an error without an id: ${preview(text)}` : `a response without an id: ${preview(text)}`;
      this.#violate("WIRE-004", "missing-id", "sent a request", "its id in the response", got);
      // With one request open there is no doubt about whose answer it was, and no reason to wait.
      const [only] = this.#pending.keys();
      if (only !== undefined && this.#pending.size === 1) this.#take(only)?.fail(new Unjudgeable("WIRE-004", "the response has no id"));
      return;
    }
    const pending = this.#take(id);
    if (!pending) {
      const wasAnswered = this.#answered.has(id);
      const diagnosis = wasAnswered ? "answered-twice" : "unknown-id";
      this.#violate(
        "WIRE-004",
        diagnosis,
        "sent requests",
        "one response each, under its own id",
        `${wasAnswered ? "a second response" : "a response that nobody asked for,"} under id ${JSON.stringify(id)}`,
      );
      return;
    }
    if (!pending.mayHoldSecret) this.#lookForCanary(`the answer to ${pending.method}`, text);
    if (!parsed.success) {
      this.#violate(
        "WIRE-003",
        "invalid-frame",
        `sent ${pending.method}`,
        "a response as in docs/spec/wire.md",
        z.prettifyError(parsed.error),
      );
      pending.fail(new Unjudgeable("WIRE-003", "the response is not a valid frame"));
      return;
    }
    this.#streams.get(id)?.end(isError ? undefined : endCount(frame["result"] as Json));
    pending.settle(isError ? { error: (parsed.data as z.infer<typeof errorFrameSchema>).error } : { result: frame["result"] as Json });
  }

  #take(id: FrameId): Pending | undefined {
    const pending = this.#pending.get(id);
    if (pending) {
      this.#pending.delete(id);
      this.#answered.add(id);
    }
    return pending;
  }

  #onSubjectMessage(method: string, frame: Record<string, unknown>, text: string): void {
    this.#lookForCanary(method === "log" ? "a log" : method === "item" ? "an item of a stream" : `a ${method} frame`, text);
    const isRequest = "id" in frame;
    const schemas: Readonly<Record<string, z.ZodType>> = isRequest
      ? Object.fromEntries(Object.entries(subjectRequests).map(([name, { params }]) => [name, params]))
      : subjectNotifications;
    const schema = schemas[method];
    if (!schema || frame["jsonrpc"] !== "2.0") {
      this.#violate("WIRE-003", "invalid-frame", "read a frame", "a request or notification that the wire knows", preview(text));
      if (isRequest) this.#send({ id: frame["id"], error: { code: RPC_ERROR.methodNotFound, message: `There is no method ${method}` } });
      return;
    }
    const parsed = schema.safeParse(frame["params"]);
    if (!parsed.success) {
      this.#violate("WIRE-003", "invalid-frame", `read a ${method} frame`, "params as in docs/spec/wire.md", z.prettifyError(parsed.error));
      if (isRequest) this.#send({ id: frame["id"], error: { code: RPC_ERROR.invalidParams, message: "The params are not valid" } });
      return;
    }
    if (isRequest) void this.#answerSubject(frame["id"] as FrameId, method, parsed.data as Record<string, unknown>);
    else this.#onNotification(method, parsed.data as Record<string, unknown>);
  }

  #onNotification(method: string, params: Record<string, unknown>): void {
    if (method === "item") {
      const stream = this.#streams.get(params["call"] as FrameId);
      if (stream) stream.receive(params["seq"] as number, params["value"] as Json);
      else this.#violate("WIRE-004", "unknown-id", "read an item", "the id of a stream's call", `id ${JSON.stringify(params["call"])}`);
      return;
    }
    const instance = this.#instances.get(String(params["instance"]));
    if (method === "clock.armed") instance?.armed(params["timer"] as number, params["due"] as number);
    if (method === "clock.disarmed") instance?.disarmed(params["timer"] as number);
  }

  async #answerSubject(id: FrameId, method: string, params: Record<string, unknown>): Promise<void> {
    const instance = this.#instances.get(String(params["instance"]));
    if (!instance) {
      this.#send({
        id,
        error: { code: RPC_ERROR.invalidParams, message: `No instance is open under the name ${String(params["instance"])}` },
      });
      return;
    }
    if (method === "secret.reveal") {
      const value = instance.reveal(String(params["handle"]));
      // The transcript must not hold what the frame does, so it is written without going through #send.
      if (value === undefined) this.#send({ id, error: { code: RPC_ERROR.invalidParams, message: "No secret has this handle" } });
      else this.#transport.send(JSON.stringify({ jsonrpc: "2.0", id, result: { value } }));
      return;
    }
    this.#send({ id, ...(await instance.port(String(params["port"]), params["args"] as Json[])) });
  }

  #onStderr(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-64_000);
    this.transcript.add("stderr", text.trimEnd());
    this.#lookForCanary("stderr", text);
  }

  #onExit(status: ExitStatus): void {
    this.#exit = status;
    this.#failPending(new SubjectGone(this.#describeExit(status)));
  }

  #failPending(error: Error): void {
    for (const [id, pending] of this.#pending) {
      this.#pending.delete(id);
      pending.fail(error);
    }
  }

  #lookForCanary(channel: string, text: string): void {
    const leak = this.canaries.look(channel, text);
    if (!leak) return;
    this.#violate(
      "WIRE-008",
      "secret-leaked",
      `handed over ${leak.label}`,
      "it stays out of every result, item, error, log and output",
      `it shows in ${channel}${leak.form === "raw" ? "" : `, in ${leak.form}`}`,
    );
  }

  #violate(requirement: string, diagnosis: Diagnosis, did: string, expected: string, got: string): void {
    if (this.violations.length >= 200) return;
    this.violations.push({ requirement, diagnosis, did, expected, got: this.canaries.redact(got), caseId: this.caseId });
  }

  #describeExit(status: ExitStatus): string {
    const how = status.signal ? `was ended by ${status.signal}` : `exited with status ${status.code}`;
    return `The process ${how}.${this.#stderr ? ` Its stderr ends: ${this.canaries.redact(this.stderrTail)}` : " It wrote nothing to stderr."}`;
  }

  #noHello(error: Error): BadSubject {
    const noise = this.violations.find(({ diagnosis }) => diagnosis === "stdout-noise");
    const heard = noise ? ` Before that it wrote ${noise.got} to stdout, which is for frames only.` : "";
    if (error instanceof SubjectGone) {
      return new BadSubject(
        "exited-before-hello",
        `The subject ended before it answered hello. ${error.message}${heard}`,
        "Run the command by hand: it must start, read lines from stdin, and answer the hello request.",
      );
    }
    return new BadSubject(
      "no-hello",
      `The subject did not answer hello. ${error.message}${heard}`,
      "Answer the first line on stdin with a hello result and flush stdout; docs/spec/wire.md shows one.",
    );
  }
}

function endCount(result: Json): Json {
  return typeof result === "object" && result !== null && "end" in result ? (result as { readonly end: Json }).end : null;
}

function describeRequest(method: string, params: object): string {
  return method === "call" && "method" in params ? `\`${String(params.method)}\`` : `\`${method}\``;
}

function describeLastRequest(method: string, params: object): string {
  if (method !== "call" || !("args" in params)) return `sent ${describeRequest(method, params)}`;
  const args = JSON.stringify(params.args).slice(1, -1);
  return `called ${describeRequest(method, params)}${args === "" ? "" : ` with ${args.length > 300 ? `${args.slice(0, 300)}…` : args}`}`;
}

function preview(text: string): string {
  return JSON.stringify(text.length > PREVIEW ? `${text.slice(0, PREVIEW)}…` : text);
}
