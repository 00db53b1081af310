import { randomUUID } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";

/** Inherited by whatever a subject starts, also in a session of its own, where its process group no longer tells. */
const MARK = "FLYNN_CONFORMANCE_PROCESS";

const POLL_MS = 20;

/** Finds what a subject started and did not end: by its process group, and where there is /proc by a mark in the environment. */
export class LeftBehind {
  readonly #mark = randomUUID();

  /** What the subject's environment is given. */
  get environment(): Readonly<Record<string, string>> {
    return { [MARK]: this.#mark };
  }

  /** What still runs of it after `graceMs`; something that was told to end may take a moment. */
  async after(graceMs: number, group: number): Promise<readonly number[]> {
    const until = performance.now() + graceMs;
    let left = this.now(group);
    while (left.length > 0 && performance.now() < until) {
      await new Promise((resolve) => void setTimeout(resolve, POLL_MS));
      left = this.now(group);
    }
    return left;
  }

  /** What `process.kill` takes: ids of processes, or the group as a negative number where there is no /proc to look into. */
  now(group: number): readonly number[] {
    const running = processes();
    if (!running) return isAlive(-group) ? [-group] : [];
    return running.filter((id) => isOf(id, group, `${MARK}=${this.#mark}`));
  }

  end(left: readonly number[]): void {
    for (const id of left) {
      try {
        process.kill(id, "SIGKILL");
      } catch {
        // It has ended by itself since.
      }
    }
  }
}

function processes(): readonly number[] | undefined {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((id) => Number.isInteger(id) && id !== process.pid);
  } catch {
    return undefined;
  }
}

function isOf(id: number, group: number, mark: string): boolean {
  try {
    // After the name, which may hold anything: state, parent, group.
    const stat = readFileSync(`/proc/${id}/stat`, "utf8");
    const [state, , ofGroup] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended; that nobody has asked after it is not the subject's doing.
    if (state === "Z" || state === "X") return false;
    return Number(ofGroup) === group || readFileSync(`/proc/${id}/environ`, "utf8").split("\0").includes(mark);
  } catch {
    return false;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
