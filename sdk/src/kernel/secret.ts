import { createHmac, randomBytes } from "node:crypto";

/** Fingerprints tell equal from different inside one process and say nothing about the value outside it. */
const fingerprintKey = randomBytes(32);

/** A secret that someone else holds: comparable by fingerprint, readable only by asking. */
export interface SecretHandle {
  /** Equal for equal values within one session; not derivable from the value without the session's key. */
  readonly fingerprint: string;
  reveal(): Promise<string>;
}

/**
 * A value that cannot be printed. `JSON.stringify`, `util.inspect`, template strings and error messages show `[secret]`;
 * {@link Secret.reveal} is the only way out, and its name can be searched for.
 */
export class Secret {
  readonly #value: string;
  readonly fingerprint: string;

  constructor(value: string) {
    this.#value = value;
    this.fingerprint = createHmac("sha256", fingerprintKey).update(value).digest("hex").slice(0, 16);
  }

  reveal(): string {
    return this.#value;
  }

  toJSON(): string {
    return "[secret]";
  }

  toString(): string {
    return "[secret]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}
