import type fc from "fast-check";

import { assertInvariants } from "./invariants.ts";
import type { LogReader } from "./invariants.ts";
import type { ElevationOracle } from "./oracle.ts";
import type { World } from "./world.ts";

/** The gate with its machine, and what is known of its log. */
export interface System {
  readonly world: World;
  readonly reader: LogReader;
}

export type Step = (oracle: ElevationOracle, world: World) => Promise<void>;

/** Some steps, each of which compares replies, and after them everything else. */
export class ElevationCommand implements fc.AsyncCommand<ElevationOracle, System> {
  readonly #name: string;
  readonly #steps: readonly Step[];
  #isOfUse: (oracle: Readonly<ElevationOracle>) => boolean = () => true;

  constructor(name: string, ...steps: readonly Step[]) {
    this.#name = name;
    this.#steps = steps;
  }

  /** The same, with a step before it. */
  after(name: string, step: Step): ElevationCommand {
    return new ElevationCommand(`${name}: ${this.#name}`, step, ...this.#steps).onlyWhere(this.#isOfUse);
  }

  /** The same, left out where it would do nothing. */
  onlyWhere(isOfUse: (oracle: Readonly<ElevationOracle>) => boolean): ElevationCommand {
    const command = new ElevationCommand(this.#name, ...this.#steps);
    command.#isOfUse = isOfUse;
    return command;
  }

  check(oracle: Readonly<ElevationOracle>): boolean {
    return this.#isOfUse(oracle);
  }

  async run(oracle: ElevationOracle, { world, reader }: System): Promise<void> {
    for (const step of this.#steps) await step(oracle, world);
    await assertInvariants(oracle, world, reader);
  }

  toString(): string {
    return this.#name;
  }
}
