import type { Driver, StartOptions } from "../drivers/driver.ts";
import { intercepting } from "../mutation/intercept.ts";
import type { Interception } from "../mutation/intercept.ts";
import type { Transport } from "../wire/transport.ts";

/** A driver whose every session passes through an interception of its own. */
export class SpoiltDriver implements Driver {
  readonly #inner: Driver;
  readonly #intercept: () => Interception;

  constructor(inner: Driver, intercept: () => Interception) {
    this.#inner = inner;
    this.#intercept = intercept;
  }

  get name(): Driver["name"] {
    return this.#inner.name;
  }

  get subject(): string {
    return this.#inner.subject;
  }

  get isolated(): Driver | undefined {
    const { isolated } = this.#inner;
    return isolated && new SpoiltDriver(isolated, this.#intercept);
  }

  async start(options?: StartOptions): Promise<Transport> {
    return intercepting(await this.#inner.start(options), this.#intercept());
  }
}
