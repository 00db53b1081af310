import type { Interception, Members, Surroundings } from "../mutation/intercept.ts";
import type { BoundaryFault } from "./boundary-fault.ts";

const NOWHERE: Surroundings = {
  deliver: () => undefined,
  send: () => undefined,
  writeToStderr: () => undefined,
  kill: () => undefined,
};

/**
 * Lets every fault see the frames of an unspoilt run, each a copy, and none of them change anything: one that finds no occasion
 * there would find none in a run of its own, which can be saved.
 */
export class ReachedFaults {
  readonly #faults: readonly BoundaryFault[];
  readonly #reached = new Set<string>();

  constructor(faults: readonly BoundaryFault[]) {
    this.#faults = faults;
  }

  has(id: string): boolean {
    return this.#reached.has(id);
  }

  /** For one session. */
  intercept(): Interception {
    const watching = this.#faults.map((fault) => fault.intercept(() => this.#reached.add(fault.id)));
    const show = (way: "toSubject" | "fromSubject", frame: Members): readonly Members[] => {
      for (const interception of watching) interception[way]?.(structuredClone(frame), NOWHERE);
      return [frame];
    };
    return { toSubject: (frame) => show("toSubject", frame), fromSubject: (frame) => show("fromSubject", frame) };
  }
}
