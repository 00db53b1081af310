import { createHash } from "node:crypto";

import * as fc from "fast-check";

import { Choices } from "./choices.ts";
import type { Rewrite } from "./rewrite.ts";
import { allRewrites } from "./rewrites/all-rewrites.ts";
import type { Files, Sample } from "./sample.ts";

export interface Pair {
  readonly sample: Sample;
  readonly rewrite: Rewrite;
}

export interface Variant extends Pair {
  /** What it was made from: the same number, the same variant. */
  readonly seed: number;
  readonly files: Files;
}

const NUMBERS = fc.array(fc.nat(1_000_000), { minLength: 64, maxLength: 64 });

/** Every sample with every rewrite, also with those that it has nothing for. */
export function pairsOf(samples: readonly Sample[]): Pair[] {
  return samples.flatMap((sample) => allRewrites.map((rewrite) => ({ sample, rewrite })));
}

/** Null where the rewrite finds nothing to change. */
function variantOf({ sample, rewrite }: Pair, seed: number): Variant | null {
  const [numbers = [0]] = fc.sample(NUMBERS, { numRuns: 1, seed });
  const files = rewrite.rewrite(sample, new Choices(numbers));
  return files === null ? null : { sample, rewrite, seed, files };
}

/** As many variants as asked for, every pair as often as every other, give or take one. */
export function* variants(pairs: readonly Pair[], count: number, seed: number): Generator<Variant> {
  let left = pairs;
  let made = 0;
  for (let round = 0; left.length > 0; round += 1) {
    const next: Pair[] = [];
    for (const pair of left.toSorted((a, b) => pairNumber(a, seed + round) - pairNumber(b, seed + round))) {
      const variant = variantOf(pair, pairNumber(pair, seed + round));
      if (variant === null) continue;
      next.push(pair);
      yield variant;
      made += 1;
      if (made === count) return;
    }
    left = next;
  }
}

/** What the test tries: about one pair in seventeen. */
const KEPT = { share: 0.06, seed: 20_260 } as const;

/** A share of the pairs, each once. A new fixture or rewrite adds to it and changes nothing that is in it. */
export function* keptVariants(pairs: readonly Pair[], { share, seed } = KEPT): Generator<Variant> {
  for (const pair of pairs) {
    const number = pairNumber(pair, seed);
    const variant = number < share * 2 ** 31 ? variantOf(pair, number) : null;
    if (variant !== null) yield variant;
  }
}

function pairNumber({ sample, rewrite }: Pair, seed: number): number {
  return createHash("sha256").update(`${seed} ${sample.fixture.id} ${rewrite.id}`).digest().readUInt32BE(0) >>> 1;
}
