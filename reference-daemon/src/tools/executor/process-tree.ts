import process from "node:process";

import { listProcesses, readProcess, wasStartedWith } from "./process-table.ts";
import type { ProcessEntry } from "./process-table.ts";

/** The variable that a call's processes carry, so that one which left its parent, its group and its session is still found. */
export const LEASE_VARIABLE = "FLYNN_LEASE";

/** More rounds than a program that starts processes as fast as it can keeps up with. */
const MOST_ROUNDS = 50;

/**
 * The processes of one call: its leader, which leads a group and a session of its own, and all that came from it. Only these are
 * ever signalled. What cleared its environment, left its session and lost its parent before anybody looked is not found.
 */
export class ProcessTree {
  readonly #leader: number;
  readonly #startTime: number | undefined;
  readonly #variable: string;
  /** The starts of members by pid: what was seen once is known, whoever its parent is by then. */
  readonly #seen = new Map<number, number>();

  /** To be made while the leader cannot have been waited for: in the turn in which it was started. */
  constructor(leader: number, callId: string) {
    this.#leader = leader;
    this.#startTime = readProcess(leader)?.startTime;
    this.#variable = `${LEASE_VARIABLE}=${callId}`;
  }

  /** Whether the members can be told from others: there is a `/proc`. */
  get isVisible(): boolean {
    return this.#startTime !== undefined;
  }

  /** Those that still run. Without `/proc` nobody is seen. */
  members(): readonly ProcessEntry[] {
    const startTime = this.#startTime;
    const table = startTime === undefined ? undefined : listProcesses();
    if (startTime === undefined || !table) return [];
    // Nobody who was there before the leader comes from it. That also leaves out this process and its ancestors.
    const candidates = table.filter((entry) => entry.startTime >= startTime && entry.pid !== process.pid);
    const isIdTaken = candidates.some(({ pid, startTime: start }) => pid === this.#leader && start !== startTime);
    const isOwn = ({ pid, group, session, startTime: start }: ProcessEntry): boolean =>
      this.#seen.get(pid) === start ||
      (!isIdTaken && (group === this.#leader || session === this.#leader)) ||
      wasStartedWith(pid, this.#variable);
    const found = new Map(candidates.filter((entry) => isOwn(entry)).map((entry) => [entry.pid, entry]));
    for (let size = -1; size !== found.size;) {
      size = found.size;
      for (const entry of candidates) if (found.has(entry.parent)) found.set(entry.pid, entry);
    }
    for (const { pid, startTime: start } of found.values()) this.#seen.set(pid, start);
    return [...found.values()].filter(({ isOver }) => !isOver);
  }

  /**
   * Signals all, and gives the pids. SIGKILL goes on until no new one turns up; a program that is asked to end may start others
   * to clean up, so SIGTERM does not.
   */
  signal(signal: "SIGTERM" | "SIGKILL"): readonly number[] {
    if (this.#startTime === undefined) return send(-this.#leader, signal) ? [this.#leader] : [];
    const signalled = new Map<string, number>();
    for (let round = 0; round < (signal === "SIGKILL" ? MOST_ROUNDS : 1); round += 1) {
      const members = this.members().filter((member) => !signalled.has(nameOf(member)));
      if (members.length === 0) break;
      // As a group first: that reaches those, too, that are being started now.
      const isGroupSent = round === 0 && members.some(({ group }) => group === this.#leader) && send(-this.#leader, signal);
      for (const member of members) {
        const isSent = (isGroupSent && member.group === this.#leader) || sendTo(member, signal);
        if (isSent || signal === "SIGKILL") signalled.set(nameOf(member), member.pid);
      }
    }
    return [...signalled.values()];
  }
}

function nameOf({ pid, startTime }: ProcessEntry): string {
  return `${pid} ${startTime}`;
}

/** Looks again first: in between the pid may have become somebody else's. */
function sendTo({ pid, startTime }: ProcessEntry, signal: NodeJS.Signals): boolean {
  return readProcess(pid)?.startTime === startTime && send(pid, signal);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
