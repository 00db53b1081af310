import type { Json } from "@flynn/sdk/kernel";
import { errorFrameSchema, hostRequests, resultFrameSchema } from "@flynn/sdk/wire";
import type { FrameId, Hello } from "@flynn/sdk/wire";
import * as z from "zod";

import type { Bounds } from "./bounds.ts";
import type { CanaryScanner } from "./canary.ts";
import { preview, readFrame } from "./frame-reader.ts";
import { helloParams, noHello, readHello } from "./greeting.ts";
import { InstanceDirectory } from "./instance-directory.ts";
import type { InstanceListener } from "./instance-directory.ts";
import { PendingRequests } from "./pending-requests.ts";
import { describeLastRequest, describeRequest } from "./request-in-words.ts";
import type { RpcAnswer } from "./rpc-answer.ts";
import { lastWords } from "./last-words.ts";
import { NoAnswer, SubjectGone, Unjudgeable } from "./session-failure.ts";
import { SessionStream, endCount } from "./session-stream.ts";
import { endInOrder } from "./shutdown-ladder.ts";
import { readSubjectMessage } from "./subject-message.ts";
import { Transcript } from "./transcript.ts";
import type { ExitStatus, Transport } from "./transport.ts";
import { ViolationLog } from "./violation-log.ts";
import type { Diagnosis, Violation } from "./violation.ts";

type Members = Readonly<Record<string, unknown>>;

/** Items of one stream beyond which a subject that ignores its credit is ended. */
const FLOOD_ITEMS = 100_000;

/** The host's half of the wire with one running subject, and the watch over everything that WIRE rows ask. */
export class Session {
  transcript = new Transcript();
  /** The last request, in words, for the message of a case that got no answer to it. */
  lastRequest = "started the subject";
  readonly #transport: Transport;
  readonly #bounds: Bounds;
  readonly #log = new ViolationLog();
  readonly #pending = new PendingRequests();
  readonly #streams = new Map<FrameId, SessionStream>();
  readonly #instances = new InstanceDirectory();
  #stderr = "";
  #lastId = 0;
  #frames = 0;
  #exit: ExitStatus | undefined;
  #isBroken = false;
  #isEnding = false;
  /** The last line that may have been meant as an answer, the row that it broke, and how many such lines there were. */
  #stray = { what: "", requirement: "", lines: 0 };
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

  get violations(): readonly Violation[] {
    return this.#log.entries;
  }

  get canaries(): CanaryScanner {
    return this.#log.canaries;
  }

  set caseId(id: string | null) {
    this.#log.caseId = id;
  }

  /** What the subject wrote to stderr, as far as it is kept. */
  get stderr(): string {
    return this.#stderr;
  }

  /** What of it is most likely to say why. */
  get stderrTail(): string {
    return lastWords(this.#stderr);
  }

  /** The first frame. Throws a BadSubject where there is no one to talk to. */
  async greet(version: string): Promise<Hello> {
    const answer = await this.request("hello", helloParams(version), this.#bounds.hello).catch((error: unknown) => {
      throw noHello(error as Error, this.violations);
    });
    this.#hello = readHello(answer);
    return this.#hello;
  }

  attach(instance: string, listener: InstanceListener): void {
    this.#instances.attach(instance, listener);
  }

  detach(instance: string): void {
    this.#instances.detach(instance);
  }

  /** Sends a request and waits for its response; {@link NoAnswer} or {@link SubjectGone} when there will be none. */
  request(method: string, params: object, bound = this.#bounds.answer): Promise<RpcAnswer> {
    return this.begin(method, params, bound).answer;
  }

  begin(method: string, params: object, bound = this.#bounds.answer): { readonly id: FrameId; readonly answer: Promise<RpcAnswer> } {
    this.#lastId += 1;
    const id = this.#lastId;
    this.lastRequest = describeLastRequest(method, params);
    const answer = this.#pending.add(id, describeRequest(method, params), method === "secret.reveal");
    if (this.#exit) this.#pending.failAll(new SubjectGone(this.describeExit(this.#exit)));
    else this.#send({ id, method, params });
    return { id, answer: this.#within(id, answer, bound) };
  }

  beginStream(params: object): { readonly id: FrameId; readonly stream: SessionStream; readonly answer: Promise<RpcAnswer> } {
    const id = this.#lastId + 1;
    const what = describeRequest("call", params);
    const stream = new SessionStream({
      grant: (n) => this.#send({ method: "credit", params: { call: id, n } }),
      overCredit: (seq) => {
        this.violate("WIRE-005", "over-credit", what, "no item beyond the credit", `item ${seq} came without credit`);
        // A flood would fill the memory of the suite long before the case is over.
        if (seq > FLOOD_ITEMS) void this.kill();
      },
      outOfSequence: (expected, got) => this.violate("WIRE-005", "item-out-of-sequence", what, `item ${expected}`, `item ${got}`),
      wrongCount: (sent, said) =>
        this.violate("WIRE-005", "wrong-item-count", what, `{ "end": ${sent} }, as many as were sent`, `{ "end": ${said} }`),
      afterEnd: () => this.violate("WIRE-006", "item-after-end", what, "nothing after the response", "an item"),
    });
    this.#streams.set(id, stream);
    // A stream may be followed for as long as the case wants; the case bounds each item.
    const { answer } = this.begin("call", params, Number.POSITIVE_INFINITY);
    answer.catch(() => stream.end(undefined));
    return { id, stream, answer };
  }

  /** Tells the subject something that needs no response. */
  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  cancel(call: FrameId, how: "abort" | "return"): void {
    this.#streams.get(call)?.cancelled();
    this.#send({ method: "cancel", params: { call, how } });
  }

  /** Bounds any wait on the subject. */
  async bounded<Value>(wait: Promise<Value>, what: string): Promise<Value> {
    const straysBefore = this.#stray.lines;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#isBroken = true;
        reject(this.#strayAnswer(what, straysBefore) ?? new NoAnswer(this.#hangMessage(what, this.#bounds.answer)));
      }, this.#bounds.answer);
    });
    try {
      return await Promise.race([wait, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  violate(requirement: string, diagnosis: Diagnosis, did: string, expected: string, got: string): void {
    this.#log.add(requirement, diagnosis, did, expected, got);
  }

  /** Ends the subject without ceremony. */
  async kill(): Promise<void> {
    this.#isBroken = true;
    this.#isEnding = true;
    this.#transport.kill("SIGKILL");
    await this.#transport.exited;
  }

  /** Ends the subject in order, or at once where it cannot be talked to. */
  async end(): Promise<void> {
    if (!this.isUsable) {
      await this.kill();
      return;
    }
    this.#isEnding = true;
    await endInOrder(this, this.#transport, this.#bounds);
  }

  describeExit(status: ExitStatus): string {
    const how = status.signal ? `was ended by ${status.signal}` : `exited with status ${status.code}`;
    return `The process ${how}.${this.#stderr ? ` Its stderr ends: ${this.canaries.redact(this.stderrTail)}` : " It wrote nothing to stderr."}`;
  }

  async #within(id: FrameId, answer: Promise<RpcAnswer>, bound: number): Promise<RpcAnswer> {
    if (!Number.isFinite(bound)) return answer;
    const straysBefore = this.#stray.lines;
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
      const stray = afterAll === "late" ? this.#strayAnswer(`the answer to ${method}`, straysBefore) : undefined;
      if (stray) throw stray;
      const late = afterAll === "late" ? "" : " It came later: the subject is slow, or blocks its own event loop.";
      throw new NoAnswer(this.#hangMessage(`the answer to ${method}`, bound) + late);
    } finally {
      clearTimeout(timer);
    }
  }

  /** What came in place of a missing answer may have been meant as one; then the row that it broke is the one to look at. */
  #strayAnswer(what: string, straysBefore: number): Unjudgeable | undefined {
    const unfinished = this.#transport.unfinishedLine();
    if (unfinished !== "") {
      const got = `${unfinished.length} characters without one: ${preview(unfinished)}`;
      this.violate("WIRE-002", "unflushed-line", `waited for ${what}`, "a line that ends in a line feed", got);
      return new Unjudgeable("WIRE-002", `${what} is a line without an end`);
    }
    if (this.#stray.lines === straysBefore) return undefined;
    return new Unjudgeable(this.#stray.requirement, `${what} did not come, but ${this.#stray.what} did`);
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

  #onLine(line: string): void {
    this.#frames += 1;
    const read = readFrame(line);
    if (read.kind === "unreadable") {
      this.transcript.add("from-subject", line);
      this.#log.lookForCanary("stdout", line);
      this.violate(read.requirement, read.diagnosis, "read a line from stdout", read.expected, read.got);
      this.#stray = { what: "a line that is no frame", requirement: read.requirement, lines: this.#stray.lines + 1 };
      return;
    }
    const { members, text } = read;
    const { method } = members;
    const id = members["id"] as FrameId;
    const holdsSecret = method === undefined && this.#pending.get(id)?.mayHoldSecret;
    this.transcript.add("from-subject", holdsSecret ? "(the answer to `secret.reveal`)" : text);
    try {
      if (typeof method === "string") this.#onSubjectMessage(method, members, text);
      else this.#onResponse(members, text);
    } catch (error) {
      // The stack of a reader is only so deep, and a schema is followed level by level.
      if (!(error instanceof RangeError)) throw error;
      this.violate("WIRE-003", "invalid-frame", "read a frame", "values that nest a few hundred levels deep at most", "deeper ones");
      this.#pending.take(id)?.fail(new Unjudgeable("WIRE-003", "the response nests too deep to be read"));
    }
  }

  #onResponse(frame: Members, text: string): void {
    const isError = "error" in frame;
    const id = frame["id"] as FrameId | null | undefined;
    if (id === undefined || id === null) {
      const got = isError ? `an error without an id: ${preview(text)}` : `a response without an id: ${preview(text)}`;
      this.violate("WIRE-004", "missing-id", "sent a request", "its id in the response", got);
      // With one request open there is no doubt about whose answer it was, and no reason to wait.
      const { only } = this.#pending;
      if (only !== undefined) this.#pending.take(only)?.fail(new Unjudgeable("WIRE-004", "the response has no id"));
      return;
    }
    const parsed = (isError ? errorFrameSchema : resultFrameSchema).safeParse(frame);
    const pending = this.#pending.take(id);
    if (!pending) {
      const isSecond = this.#pending.wasAnswered(id);
      const got = `${isSecond ? "a second response" : "a response that nobody asked for,"} under id ${JSON.stringify(id)}`;
      this.violate("WIRE-004", isSecond ? "answered-twice" : "unknown-id", "sent requests", "one response each, under its own id", got);
      if (!isSecond) this.#stray = { what: "a response under another id", requirement: "WIRE-004", lines: this.#stray.lines + 1 };
      return;
    }
    if (!pending.mayHoldSecret) this.#log.lookForCanary(`the answer to ${pending.method}`, text);
    if (!parsed.success) {
      const got = z.prettifyError(parsed.error);
      this.violate("WIRE-003", "invalid-frame", `sent ${pending.method}`, "a response as in docs/spec/wire.md", got);
      pending.fail(new Unjudgeable("WIRE-003", "the response is not a valid frame"));
      return;
    }
    this.#streams.get(id)?.end(isError ? undefined : endCount(frame["result"] as Json));
    pending.settle(isError ? { error: (parsed.data as z.infer<typeof errorFrameSchema>).error } : { result: frame["result"] as Json });
  }

  #onSubjectMessage(method: string, frame: Members, text: string): void {
    this.#log.lookForCanary(method === "log" ? "a log" : method === "item" ? "an item of a stream" : `a ${method} frame`, text);
    const id = frame["id"] as FrameId;
    const isEcho = Object.hasOwn(hostRequests, method) && method !== "secret.reveal";
    const echoed = isEcho ? this.#pending.take(id) : undefined;
    if (echoed) {
      this.violate("WIRE-003", "invalid-frame", `sent \`${method}\``, "a response", "the request, sent back");
      echoed.fail(new Unjudgeable("WIRE-003", "the subject sent the request back, as a program does that only copies its input"));
      return;
    }
    const message = readSubjectMessage(method, frame, text);
    if (message.kind === "invalid") {
      this.violate("WIRE-003", "invalid-frame", message.did, message.expected, message.got);
      if ("id" in frame) this.#send({ id, error: message.error });
    } else if (message.kind === "request") void this.#answerSubject(id, method, message.params);
    else if (method === "item") this.#onItem(message.params);
    else this.#instances.notify(method, message.params);
  }

  #onItem(params: Members): void {
    const stream = this.#streams.get(params["call"] as FrameId);
    if (stream) stream.receive(params["seq"] as number, params["value"] as Json);
    else this.violate("WIRE-004", "unknown-id", "read an item", "the id of a stream's call", `id ${JSON.stringify(params["call"])}`);
  }

  async #answerSubject(id: FrameId, method: string, params: Members): Promise<void> {
    const frame = { id, ...(await this.#instances.answer(method, params)) };
    if (method !== "secret.reveal") this.#send(frame);
    // The transcript must not hold what this frame does.
    else this.#transport.send(JSON.stringify({ jsonrpc: "2.0", ...frame }));
  }

  #onStderr(text: string): void {
    this.#stderr = (this.#stderr + text).slice(-64_000);
    this.transcript.add("stderr", text.trimEnd());
    this.#log.lookForCanary("stderr", text);
  }

  #onExit(status: ExitStatus): void {
    this.#exit = status;
    const how = this.describeExit(status);
    const isUnasked = this.#hello !== undefined && !this.#isEnding && this.#pending.size === 0;
    // With a request open, the case that waits for it says so.
    if (isUnasked) this.violate("WIRE-009", "exited-unasked", "waited between two requests", "the process runs until `shutdown`", how);
    this.#pending.failAll(new SubjectGone(how));
  }
}
