import { randomBytes } from "node:crypto";

import type { Json } from "@flynn/sdk/kernel";

import { HostSecret } from "./host-secret.ts";

/** The secrets that one instance was handed: each crosses as a reference, and its value in `secret.reveal` only. */
export class HandedSecrets {
  readonly #byHandle = new Map<string, HostSecret>();
  readonly #fingerprints = new Map<string, string>();
  readonly #plant: (label: string, value: string) => void;

  /** `plant` hears of each secret before it crosses. */
  constructor(plant: (label: string, value: string) => void) {
    this.#plant = plant;
  }

  reveal(handle: string): string | undefined {
    return this.#byHandle.get(handle)?.value;
  }

  /** The value with a reference in the place of each secret. */
  hide(value: unknown): Json {
    if (value instanceof HostSecret) return this.#reference(value);
    if (Array.isArray(value)) return value.map((member) => this.hide(member));
    if (typeof value !== "object" || value === null) return value as Json;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, this.hide(member)]));
  }

  #reference(secret: HostSecret): Json {
    const handle = `host-${this.#byHandle.size + 1}`;
    this.#byHandle.set(handle, secret);
    this.#plant(secret.label, secret.value);
    const fingerprint = this.#fingerprints.get(secret.value) ?? randomBytes(8).toString("hex");
    this.#fingerprints.set(secret.value, fingerprint);
    return { $secret: handle, fingerprint };
  }
}
