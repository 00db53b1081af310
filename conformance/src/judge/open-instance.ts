import type { Json, JsonObject } from "@flynn/sdk/kernel";

import type { ClockControl } from "./clock-control.ts";

/** How the host answers one request of a port: with a value, with a rejection, or when the case says so. */
export type PortAnswer = { readonly value: Json } | { readonly reject: { readonly code: string; readonly message: string } };
export type PortHandler = (args: readonly Json[]) => PortAnswer | Promise<PortAnswer>;

export interface OpenOptions {
  /** By the contract's config schema. A secret stands as a `HostSecret`. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly endpoints?: Readonly<Record<string, string>>;
  readonly ports?: Readonly<Record<string, PortHandler>>;
  /** Drops the right to read what file permissions forbid, where the suite runs as root. Needs `isolation: "process"`. */
  readonly unprivileged?: boolean;
}

/** An error that the subject answered with. */
export interface AnsweredError {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly details?: JsonObject | undefined;
}

export type Answer<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: AnsweredError };

/** A call under way. */
export interface PendingCall<Value> {
  /** Settles with what the subject answered; a broken subject (no answer in time, a dead process) fails the case. */
  readonly answer: Promise<Answer<Value>>;
  abort(): void;
}

/** A stream under way, read at the pace of the case. */
export interface OpenStream<Item> {
  /** The next item, or null once the stream has ended. */
  next(): Promise<Item | null>;
  /** Reads to the end. */
  rest(): Promise<Item[]>;
  abort(): void;
  /** The caller goes away: what comes after is the end only. Resolves with the number of items that came all the same. */
  return(): Promise<number>;
  /** The error that the stream ended with, if it did. */
  readonly error: Promise<AnsweredError | null>;
}

/** An open implementation as a case sees it. */
export interface OpenInstance {
  /** The subject's own directory, the same after a restart. */
  readonly dir: string;
  readonly clock: ClockControl;
  readonly flags: Readonly<Record<string, boolean>>;
  /** Calls and waits; an error answer is returned, not thrown. */
  ask<Value>(method: string, ...args: readonly unknown[]): Promise<Answer<Value>>;
  /** Calls without waiting. */
  begin<Value>(method: string, args: readonly unknown[], options?: { readonly aborted?: boolean }): PendingCall<Value>;
  stream<Item>(method: string, args: readonly unknown[], options?: { readonly aborted?: boolean }): OpenStream<Item>;
  /** The value behind a secret that the subject returned. */
  reveal(secret: unknown): Promise<string>;
  /** Kills the process (SIGKILL), starts it again and opens the same directory. Needs `isolation: "process"`. */
  killAndReopen(): Promise<OpenInstance>;
  close(): Promise<void>;
}
