import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

import { Secret } from "@flynn/sdk/kernel";

/** Crockford's base 32: no I, L, O or U, so that a code can be read aloud. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Forty bits: five of each random byte. */
const CODE_LENGTH = 8;

/** What is kept of a code. */
export interface Challenge {
  readonly digest: Buffer;
}

/** A new code for the eyes of one person, and what to know it again by. */
export function issueChallenge(): { readonly code: Secret; readonly challenge: Challenge } {
  const code = Array.from(randomBytes(CODE_LENGTH), (byte) => ALPHABET[byte & 31]).join("");
  return { code: new Secret(code), challenge: { digest: digestOf(code) } };
}

/** Compares hashes of equal length, in constant time. */
export function isCodeOf(challenge: Challenge, code: string): boolean {
  return timingSafeEqual(challenge.digest, digestOf(code));
}

function digestOf(code: string): Buffer {
  return createHash("sha256").update(code, "utf8").digest();
}
