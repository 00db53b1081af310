import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import type { Json } from "@flynn/sdk/kernel";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { Session } from "../wire/session.ts";
import { NoAnswer, SubjectGone, Unjudgeable } from "../wire/session-failure.ts";
import { Transcript } from "../wire/transcript.ts";
import type { CaseContext, Observation } from "./case-context.ts";
import { CheckFailed, ControlFailed, HostCannot } from "./case-outcome.ts";
import type { CaseDefinition } from "./case.ts";
import { failureFingerprint } from "./failure-fingerprint.ts";
import type { OpenInstance, OpenOptions } from "./open-instance.ts";
import { Opened } from "./opened.ts";
import { Random } from "./random.ts";
import type { CaseResult, CheckResult, Witnesses } from "./results.ts";
import type { CaseStatus } from "./status.ts";
import type { SuiteDefinition } from "./suite-definition.ts";
import { makeWorkspace, removeWorkspace } from "./workspace-folder.ts";

/** Where a case gets its sessions from. */
export interface SessionSource {
  readonly usesRealClock: boolean;
  /** A session for the case; a new one each time for `process`. */
  take(isolation: CaseDefinition["isolation"], unprivileged: boolean): Promise<Session>;
  /** Ends a session of its own, in order. */
  release(session: Session): Promise<void>;
}

const CASE_BOUND_MS = 60_000;

interface Ending {
  readonly status: CaseStatus;
  readonly reason?: string;
  readonly blockedBy?: string;
  readonly isHostLimit?: true;
}

/** One run of one case: the context that it works with, and what came of it. */
export class CaseRun implements CaseContext {
  readonly random: Random;
  readonly workspace: string;
  readonly canary: string;
  readonly #definition: CaseDefinition;
  readonly #suite: SuiteDefinition;
  readonly #source: SessionSource;
  readonly #startedAt = performance.now();
  readonly #checks: CheckResult[] = [];
  readonly #notes: { readonly text: string; readonly data?: Json }[] = [];
  readonly #sessions = new Set<Session>();
  readonly #opened: Opened[] = [];
  #own: { readonly session: Session; readonly unprivileged: boolean } | undefined;
  #witnesses: Witnesses = {};
  #directories = 0;

  constructor(definition: CaseDefinition, suite: SuiteDefinition, source: SessionSource, seed: string) {
    this.#definition = definition;
    this.#suite = suite;
    this.#source = source;
    this.random = new Random(`${seed}\0${definition.id}`);
    this.canary = `fk${createHash("sha256").update(`canary\0${seed}\0${definition.id}`).digest("hex").slice(0, 40)}`;
    this.workspace = makeWorkspace();
  }

  async run(keepTranscript: boolean): Promise<CaseResult> {
    let ending: Ending;
    try {
      await this.#withinBound(this.#definition.run(this));
      ending = this.#portFault() ?? this.#completeness();
      await this.#closeAll();
    } catch (error) {
      ending = this.#portFault() ?? endingFor(error);
      if (ending.status === "FAIL" && (error instanceof NoAnswer || error instanceof SubjectGone))
        this.#checks.push(this.#unanswered(error));
      await this.#closeAll().catch(() => undefined);
    } finally {
      removeWorkspace(this.workspace);
    }
    const isPass = ending.status === "PASS";
    const fingerprint = ending.status === "FAIL" ? failureFingerprint(this.#checks, ending.reason, this.random.texts) : undefined;
    return this.#redacted({
      id: this.#definition.id,
      title: this.#definition.title,
      durationMs: performance.now() - this.#startedAt,
      checks: this.#checks,
      notes: this.#notes,
      ...(Object.keys(this.#witnesses).length > 0 ? { witnesses: this.#witnesses } : {}),
      ...ending,
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(isPass && !keepTranscript ? {} : { transcript: [...this.#sessions].flatMap((session) => session.transcript.lines()) }),
    });
  }

  async open(options: OpenOptions = {}): Promise<OpenInstance> {
    this.#directories += 1;
    const dir = join(this.workspace, `subject-${this.#directories}`);
    mkdirSync(dir);
    return this.#openIn(dir, { ...this.#suite.defaultOpenOptions(this), ...options });
  }

  check(name: string, holds: boolean, observation: Observation): void {
    if (!this.#definition.expects.includes(name)) throw new Error(`${this.#definition.id} does not expect a check "${name}"`);
    if (this.#checks.some((check) => check.name === name)) throw new Error(`${this.#definition.id} makes the check "${name}" twice`);
    this.#checks.push({ name, holds, ...observation });
    if (!holds) throw new CheckFailed(name);
  }

  control(requirement: string, holds: boolean, { did, expected, got }: Observation): void {
    if (!holds) throw new ControlFailed(requirement, `The control did not hold: ${did}; expected ${expected}; got ${got}.`);
  }

  sensor(channel: string, seen: boolean): void {
    if (!seen) throw new HostCannot(`the suite caused the effect itself and did not see it in ${channel}`);
    this.#witnesses = { ...this.#witnesses, sensor: channel };
  }

  contrast(requirement: string, seen: boolean, observation: Observation): void {
    if (!seen)
      throw new ControlFailed(
        requirement,
        `The contrast was not seen: ${observation.did}; expected ${observation.expected}; got ${observation.got}.`,
      );
    this.#witnesses = { ...this.#witnesses, contrast: `${observation.did}: ${observation.got}` };
  }

  barrier(event: string): void {
    this.#witnesses = { ...this.#witnesses, barrier: event };
  }

  hostCannot(reason: string): never {
    throw new HostCannot(reason);
  }

  note(text: string, data?: Json): void {
    this.#notes.push(data === undefined ? { text } : { text, data });
  }

  async #openIn(dir: string, options: OpenOptions, previous?: Opened): Promise<Opened> {
    const session = await this.#sessionFor(options.unprivileged ?? false);
    if (!this.#sessions.has(session)) {
      this.#sessions.add(session);
      session.caseId = this.#definition.id;
      session.transcript = new Transcript(this.#startedAt);
    }
    const by = {
      contract: this.#suite.contract,
      dir,
      canary: this.canary,
      usesRealClock: this.#source.usesRealClock,
      reading: previous?.clock.reading ?? { mono: 1_000_000, boot: 1_000_000, wall: Date.UTC(2026, 0, 1) },
      reopen: async (again: OpenOptions): Promise<Opened> => {
        if (this.#definition.isolation !== "process")
          throw new Error(`${this.#definition.id} kills its process, so it needs isolation "process"`);
        await session.kill();
        this.#own = undefined;
        return this.#openIn(dir, again, instance);
      },
    };
    const instance: Opened = await Opened.open(session, by, options);
    this.#opened.push(instance);
    return instance;
  }

  /** A case with a process of its own has one at a time, which is another one only after it killed the first. */
  async #sessionFor(unprivileged: boolean): Promise<Session> {
    if (this.#definition.isolation === "shared") return this.#source.take("shared", unprivileged);
    if (this.#own?.unprivileged !== unprivileged) {
      this.#own = { session: await this.#source.take("process", unprivileged), unprivileged };
    }
    return this.#own.session;
  }

  /** A port handler runs while the case waits for something else, so what it throws is found here. */
  #portFault(): Ending | undefined {
    const fault = this.#opened.find((instance) => instance.portFault)?.portFault;
    return fault && endingFor(fault.thrown);
  }

  /** A case that ran to its end has passed only if it made every check, and every witness that a negative needs. */
  #completeness(): Ending {
    const missing = this.#definition.expects.filter((name) => !this.#checks.some((check) => check.name === name));
    if (missing.length > 0) return { status: "HARNESS_ERROR", reason: `The case ended without its checks: ${missing.join(", ")}.` };
    const witnesses = ["sensor", "contrast", "barrier"] as const;
    const absent = this.#definition.negative ? witnesses.filter((name) => this.#witnesses[name] === undefined) : [];
    if (absent.length > 0) return { status: "HARNESS_ERROR", reason: `The case ended without its ${absent.join(" and ")}.` };
    return { status: "PASS" };
  }

  async #closeAll(): Promise<void> {
    for (const instance of this.#opened) await instance.close().catch(() => undefined);
    for (const session of this.#sessions) {
      if (this.#definition.isolation === "process" || !session.isUsable) await this.#source.release(session);
    }
  }

  /** Each wait has its own bound; this one is for a subject that always has one more thing to say. */
  async #withinBound(run: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new NoAnswer(`The case was not over after ${CASE_BOUND_MS / 1000} s, though the subject went on answering.`)),
        CASE_BOUND_MS,
      );
    });
    run.catch(() => undefined);
    try {
      await Promise.race([run, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #unanswered(error: NoAnswer | SubjectGone): CheckResult {
    const did = [...this.#sessions].at(-1)?.lastRequest ?? this.#definition.title;
    return { name: "answer", holds: false, did, expected: "an answer", got: error.message, next: error.next };
  }

  /** No text of the result, wherever it comes from, may hold a planted value. */
  #redacted<Value>(value: Value): Value {
    if (typeof value === "string") {
      return [...this.#sessions].reduce<string>((text, session) => session.canaries.redact(text), value) as Value;
    }
    if (Array.isArray(value)) return value.map((member: unknown) => this.#redacted(member)) as Value;
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.#redacted(member as unknown)])) as Value;
  }
}

function endingFor(error: unknown): Ending {
  if (error instanceof CheckFailed || error instanceof NoAnswer || error instanceof SubjectGone) return { status: "FAIL" };
  if (error instanceof ControlFailed || error instanceof Unjudgeable) {
    return { status: "INCONCLUSIVE", reason: error.message, blockedBy: error.requirement };
  }
  if (error instanceof HostCannot) return { status: "NOT_RUN", reason: `This host cannot show it: ${error.message}.`, isHostLimit: true };
  if (error instanceof BadSubject) return { status: "FAIL", reason: `The subject could not be started again. ${error.message}` };
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { status: "HARNESS_ERROR", reason: `The suite itself failed: ${stack.split("\n").slice(0, 4).join(" | ")}` };
}
