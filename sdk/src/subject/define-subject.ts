import type { Clock } from "../kernel/clock.ts";
import type { Json } from "../kernel/json.ts";
import type { SecretHandle } from "../kernel/secret.ts";

/** JSON in which the host's secrets stand as handles. */
export type ConfigValue = Json | SecretHandle | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** All that an implementation gets from outside. It reads no other environment, clock, or directory. */
export interface SubjectEnvironment<Config = unknown> {
  /** By the contract's config schema; secrets in it are {@link SecretHandle}s. */
  readonly config: Config;
  /** In place of `process.env`. */
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute. Survives a kill and a reopen within one case. */
  readonly dir: string;
  /** Loopback addresses of the suite's peers, by name. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly clock: Clock;
  /** The ports of the contract. The host may answer, hold or reject each request. */
  readonly host: Readonly<Record<string, (...args: Json[]) => Promise<Json>>>;
  /** Aborted when the instance is closed. */
  readonly signal: AbortSignal;
  log(level: "debug" | "info" | "warn" | "error", message: string, fields?: Readonly<Record<string, Json>>): void;
}

/** An open implementation: the methods of the contract, and `close`. */
export interface SubjectInstance {
  close(): void | Promise<void>;
}

export interface SubjectContract {
  /** The capabilities of the contract that this implementation has. What is not named counts as false. */
  readonly flags?: Readonly<Record<string, boolean>>;
  /** What the platform behind it is like, by the contract's facts schema. */
  readonly facts?: Readonly<Record<string, Json>>;
  // The suite checks methods and values at run time by the contract's schemas, so the config is whatever the contract says.
  // oxlint-disable-next-line typescript/no-explicit-any
  open(environment: SubjectEnvironment<any>): Promise<SubjectInstance> | SubjectInstance;
}

export interface Subject {
  readonly name: string;
  readonly version: string;
  /** `real` where the implementation cannot take an injected clock; its time rows then need `--real-clock`. */
  readonly clock?: "virtual" | "real";
  /** By contract and major version: `skill-scanner@1`. */
  readonly contracts: Readonly<Record<string, SubjectContract>>;
}

/** The default export of a module that the suite judges. */
export function defineSubject<const Defined extends Subject>(subject: Defined): Defined {
  return subject;
}
