import { BadSubject } from "../diagnosis/bad-subject.ts";
import { diagnosisFrom } from "../drivers/child-driver.ts";
import type { Driver, StartOptions } from "../drivers/driver.ts";
import type { Bounds } from "../wire/bounds.ts";
import { Session } from "../wire/session.ts";
import type { Violation } from "../wire/violation.ts";
import { HostCannot } from "./case-outcome.ts";
import type { SessionSource } from "./case-run.ts";
import type { CaseDefinition } from "./case.ts";

/** Starts a subject and greets it. Throws {@link BadSubject} where there is nothing to judge. */
export async function startSession(driver: Driver, bounds: Bounds, version: string, options: StartOptions = {}): Promise<Session> {
  const session = new Session(await driver.start(options), bounds);
  try {
    await session.greet(version);
    return session;
  } catch (error) {
    await session.kill();
    throw diagnosisFrom(session.stderr) ?? error;
  }
}

/** The sessions of one worker: one that cases share, and one for each case that wants its own. */
export class SessionPool implements SessionSource {
  readonly usesRealClock: boolean;
  /** Gathered from every session that this pool has ended. */
  readonly violations: Violation[] = [];
  readonly #driver: Driver;
  readonly #bounds: Bounds;
  readonly #version: string;
  #shared: Session | undefined;
  frames = 0;
  sessions = 0;

  constructor(driver: Driver, bounds: Bounds, version: string, usesRealClock: boolean) {
    this.#driver = driver;
    this.#bounds = bounds;
    this.#version = version;
    this.usesRealClock = usesRealClock;
  }

  async take(isolation: CaseDefinition["isolation"], unprivileged: boolean): Promise<Session> {
    if (isolation === "process") {
      const isolated = this.#driver.isolated;
      if (!isolated)
        throw new HostCannot("an object in this process cannot be given a process of its own; run its module with the command line");
      return this.#startIsolated(isolated, unprivileged);
    }
    if (this.#shared && !this.#shared.isUsable) await this.release(this.#shared);
    this.#shared ??= await startSession(this.#driver, this.#bounds, this.#version);
    return this.#shared;
  }

  async release(session: Session): Promise<void> {
    if (session === this.#shared) this.#shared = undefined;
    await session.end();
    this.violations.push(...session.violations);
    this.frames += session.frames;
    this.sessions += 1;
  }

  async close(): Promise<void> {
    const shared = this.#shared;
    if (!shared) return;
    shared.caseId = null;
    await this.release(shared);
  }

  async #startIsolated(driver: Driver, unprivileged: boolean): Promise<Session> {
    try {
      return await startSession(driver, this.#bounds, this.#version, { unprivileged });
    } catch (error) {
      if (unprivileged && error instanceof BadSubject) {
        throw new HostCannot(`the subject does not start without root's right to read every file: ${error.message}`);
      }
      throw error;
    }
  }
}
