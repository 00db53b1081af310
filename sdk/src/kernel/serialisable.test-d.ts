import { expectTypeOf } from "vitest";

import type { Secret, SecretHandle } from "./secret.ts";
import type { CallOptions, UnserialisableMembers } from "./serialisable.ts";

interface Lease {
  readonly leaseId: string;
  readonly tags: readonly string[];
  readonly expires?: number;
}

interface Sound {
  none(): Promise<void>;
  list(): Promise<Lease[]>;
  plain(resource: string, ttlMs: number): Promise<Lease | null>;
  withOptions(request: { readonly resource: string; readonly limit?: number | undefined }, options?: CallOptions): Promise<boolean>;
  optionsOnly(options?: CallOptions): Promise<string>;
  stream(request: Lease, options?: CallOptions): AsyncIterable<Lease>;
  secret(key: SecretHandle): Promise<{ readonly token: Secret | SecretHandle }>;
  rest(...words: string[]): Promise<void>;
}

expectTypeOf<UnserialisableMembers<Sound>>().toBeNever();

interface Unsound {
  date(): Promise<Date>;
  map(): Promise<Map<string, string>>;
  bytes(): Promise<Uint8Array>;
  bigint(): Promise<bigint>;
  method(): Promise<{ readonly undo: () => void }>;
  anyResult(): Promise<any>; // oxlint-disable-line typescript/no-explicit-any -- what is shown to be refused
  unknownResult(): Promise<unknown>;
  synchronous(): number;
  callback(listener: (lease: Lease) => void): Promise<void>;
  dateArgument(request: { readonly at: Date }): Promise<void>;
  anyArgument(first: string, second: any): Promise<void>; // oxlint-disable-line typescript/no-explicit-any -- what is shown to be refused
  optionsFirst(options: CallOptions, resource: string): Promise<void>;
  undefinedResult(): Promise<string | undefined>;
  dateItems(): AsyncIterable<{ readonly at: Date }>;
  optional?(resource: string): Promise<void>;
  readonly property: string;
}

/** Each member by itself, so that none hides behind another. */
expectTypeOf<UnserialisableMembers<Unsound>>().toEqualTypeOf<keyof Unsound>();
