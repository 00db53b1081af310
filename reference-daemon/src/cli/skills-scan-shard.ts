import { createHash } from "node:crypto";

import { InvalidArgumentError } from "commander";

/** One part of a scan that several machines share. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

export const MOST_SHARDS = 1_000;

/** `2/8`, as the command line has it. */
export function parseShard(text: string): Shard {
  const match = /^([1-9][0-9]{0,3})\/([1-9][0-9]{0,3})$/u.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || index > count || count > MOST_SHARDS)
    throw new InvalidArgumentError(`Give the number of the part and of all parts, such as 2/8; at most ${MOST_SHARDS}.`);
  return { index, count };
}

/**
 * The part that a skill is in depends on its name alone, so that it stays in it, and in the cache of it, whatever else is added.
 */
export function isInShard(folder: string, { index, count }: Shard): boolean {
  return createHash("sha256").update(folder).digest().readUInt32BE(0) % count === index - 1;
}

/** Equal for two machines that found the same skills. */
export function listDigest(folders: readonly string[]): string {
  return createHash("sha256").update(JSON.stringify(folders.toSorted())).digest("hex");
}
