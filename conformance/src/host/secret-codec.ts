import { CodedError, isJson } from "@flynn/sdk/kernel";
import type { Json, SecretHandle } from "@flynn/sdk/kernel";

/** A secret that the host passed; its value is asked for when it is needed and kept nowhere. */
class HostSecret implements SecretHandle {
  readonly fingerprint: string;
  readonly handle: string;
  readonly #ask: (handle: string) => Promise<string>;

  constructor(handle: string, fingerprint: string, ask: (handle: string) => Promise<string>) {
    this.handle = handle;
    this.fingerprint = fingerprint;
    this.#ask = ask;
  }

  reveal(): Promise<string> {
    return this.#ask(this.handle);
  }

  toJSON(): string {
    return "[secret]";
  }
}

/** A secret of the subject's own. */
interface GivenSecret {
  readonly fingerprint: string;
  reveal(): string | Promise<string>;
}

const DEEPEST = 200;

/** Turns secrets into references on the way out and references into handles on the way in, for one instance. */
export class SecretCodec {
  readonly #ask: (handle: string) => Promise<string>;
  readonly #given = new Map<string, GivenSecret>();

  constructor(ask: (handle: string) => Promise<string>) {
    this.#ask = ask;
  }

  decode(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((member) => this.decode(member));
    if (typeof value !== "object" || value === null) return value;
    if ("$secret" in value && "fingerprint" in value) {
      return new HostSecret(String(value.$secret), String(value.fingerprint), this.#ask);
    }
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.decode(member)]));
  }

  /** Throws `NOT_JSON` for what the wire cannot carry, naming the method. */
  encode(value: unknown, method: string): Json {
    const encoded = this.#replaceSecrets(value, []);
    if (!isJson(encoded)) {
      throw new CodedError("NOT_JSON", `${method} gave a value that is not JSON: no Date, Map, class instance, function, NaN or cycle`);
    }
    return encoded;
  }

  reveal(handle: string): string | Promise<string> | undefined {
    return this.#given.get(handle)?.reveal();
  }

  #replaceSecrets(value: unknown, ancestors: readonly unknown[]): unknown {
    if (value === undefined) return null;
    // What is left as it is here, a cycle above all, is refused as not JSON.
    if (typeof value !== "object" || value === null || ancestors.length > DEEPEST || ancestors.includes(value)) return value;
    if (value instanceof HostSecret) return { $secret: value.handle, fingerprint: value.fingerprint };
    if (isGivenSecret(value)) {
      const handle = `subject-${this.#given.size + 1}`;
      this.#given.set(handle, value);
      return { $secret: handle, fingerprint: value.fingerprint };
    }
    const path = [...ancestors, value];
    if (Array.isArray(value)) return value.map((member) => this.#replaceSecrets(member, path));
    if (![Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)) return value;
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, this.#replaceSecrets(member, path)]));
  }
}

/** Told by its shape: the subject may have a copy of the SDK of its own, whose classes are others. */
function isGivenSecret(value: object): value is GivenSecret {
  return "reveal" in value && typeof value.reveal === "function" && "fingerprint" in value && typeof value.fingerprint === "string";
}
