import { createHmac } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { CodedError, Secret } from "@flynn/sdk/kernel";
import type { CallOptions, Clock, SecretHandle } from "@flynn/sdk/kernel";
import { defineSubject } from "@flynn/sdk/subject";
import type { SubjectEnvironment, SubjectInstance } from "@flynn/sdk/subject";

import type { Specimen } from "./contract.ts";
import type { SpecimenErrorCode } from "./errors.ts";
import { acceptAnswerSchema, acquireRequestSchema, journalPartSchema, renewRequestSchema } from "./schema.ts";
import type { AcquireRequest, JournalPart, JournalRequest, LeaseReference, LeaseStatus, RenewRequest } from "./schema.ts";

type JournalEvent = Extract<JournalPart, { type: "event" }>;

interface HeldLease {
  readonly ticket: string;
  readonly ttlMs: number;
  readonly sinceMono: number;
  readonly sinceBoot: number;
}

/** The plain, correct implementation of the specimen: what an author's first subject could look like. */
export class ExemplarSpecimen implements Specimen, SubjectInstance {
  readonly #signingKey: SecretHandle;
  readonly #accept: SubjectEnvironment["host"][string];
  readonly #clock: Clock;
  readonly #journalFile: string;
  readonly #events: JournalEvent[];
  readonly #leases = new Map<string, HeldLease>();
  readonly #followers = new Set<() => void>();
  #isClosed = false;

  constructor(environment: SubjectEnvironment<{ signingKey: SecretHandle }>) {
    const { accept } = environment.host;
    if (!accept) throw new Error("The host offers no accept port");
    this.#accept = accept;
    this.#signingKey = environment.config.signingKey;
    this.#clock = environment.clock;
    this.#journalFile = join(environment.dir, "journal.ndjson");
    this.#events = readJournal(this.#journalFile);
  }

  async acquire(request: AcquireRequest): ReturnType<Specimen["acquire"]> {
    const { resource, ttlMs } = parseArgument(acquireRequestSchema, request);
    const ticket = await this.#askHost(resource, ttlMs);
    const key = await this.#signingKey.reveal();
    const leaseId = `lease-${this.#events.length + 1}`;
    const token = createHmac("sha256", key).update(leaseId).digest("hex");
    // Nothing is waited for between the choice of the id and its entry, or two at once would choose the same.
    this.#record("acquired", leaseId, ticket);
    this.#hold(leaseId, ticket, ttlMs);
    return { leaseId, resource, ticket, token: new Secret(token) };
  }

  async status({ leaseId }: LeaseReference): Promise<LeaseStatus> {
    const lease = this.#leases.get(leaseId);
    const remainingMs = lease ? lease.ttlMs - this.#elapsed(lease) : 0;
    return lease && remainingMs > 0 ? { held: true, ticket: lease.ticket, remainingMs } : { held: false, ticket: null, remainingMs: 0 };
  }

  async release({ leaseId }: LeaseReference): Promise<{ released: boolean }> {
    const { held, ticket } = await this.status({ leaseId });
    this.#leases.delete(leaseId);
    if (held && ticket !== null) this.#record("released", leaseId, ticket);
    return { released: held };
  }

  async renew(request: RenewRequest): Promise<{ renewed: boolean }> {
    const { leaseId, ttlMs } = parseArgument(renewRequestSchema, request);
    const { held, ticket } = await this.status({ leaseId });
    if (!held || ticket === null) return { renewed: false };
    this.#record("renewed", leaseId, ticket);
    this.#hold(leaseId, ticket, ttlMs);
    return { renewed: true };
  }

  async *journal({ follow }: JournalRequest, options: CallOptions = {}): AsyncGenerator<JournalPart> {
    let next = 0;
    for (;;) {
      while (next < this.#events.length && !options.signal?.aborted) {
        const event = this.#events[next];
        next += 1;
        if (event) yield event;
      }
      if (options.signal?.aborted) break;
      if (!follow || this.#isClosed) break;
      await this.#nextEvent(options.signal);
    }
    yield { type: "finish", reason: options.signal?.aborted ? "aborted" : "complete" };
  }

  async held(): Promise<{ leaseIds: string[] }> {
    return { leaseIds: [...this.#leases].filter(([, lease]) => this.#elapsed(lease) < lease.ttlMs).map(([leaseId]) => leaseId) };
  }

  close(): void {
    this.#isClosed = true;
    this.#leases.clear();
    this.#wakeFollowers();
  }

  async #askHost(resource: string, ttlMs: number): Promise<string> {
    const answer = await this.#accept({ resource, ttlMs }).catch((error: unknown) => {
      throw refusal(`The host could not be asked about ${resource}`, error);
    });
    const decision = acceptAnswerSchema.parse(answer);
    if (!decision.accepted) throw refusal(`The host does not accept a lease on ${resource}`);
    return decision.ticket;
  }

  #hold(leaseId: string, ticket: string, ttlMs: number): void {
    this.#leases.set(leaseId, { ticket, ttlMs, sinceMono: this.#clock.mono(), sinceBoot: this.#clock.boot() });
  }

  #elapsed(lease: HeldLease): number {
    return Math.max(this.#clock.mono() - lease.sinceMono, this.#clock.boot() - lease.sinceBoot);
  }

  #record(event: JournalEvent["event"], leaseId: string, ticket: string): void {
    const entry: JournalEvent = { type: "event", number: this.#events.length + 1, event, leaseId, ticket };
    appendFileSync(this.#journalFile, `${JSON.stringify(entry)}\n`);
    this.#events.push(entry);
    this.#wakeFollowers();
  }

  #nextEvent(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#followers.delete(wake);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      this.#followers.add(wake);
      signal?.addEventListener("abort", wake);
    });
  }

  #wakeFollowers(): void {
    for (const wake of [...this.#followers]) wake();
  }
}

function readJournal(file: string): JournalEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => journalPartSchema.parse(JSON.parse(line)) as JournalEvent);
}

function parseArgument<Value>(schema: { safeParse(value: unknown): { success: boolean; data?: Value } }, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (!parsed.success || parsed.data === undefined) {
    throw new CodedError<SpecimenErrorCode>("INVALID_ARGUMENT", "ttlMs must be a whole number of milliseconds from 1 to 86400000");
  }
  return parsed.data;
}

function refusal(message: string, cause?: unknown): CodedError<SpecimenErrorCode> {
  return new CodedError<SpecimenErrorCode>("REFUSED", message, { cause });
}

export default defineSubject({
  name: "specimen-exemplar",
  version: "1.0.0",
  contracts: { "specimen@1": { flags: { renew: true }, open: (environment) => new ExemplarSpecimen(environment) } },
});
