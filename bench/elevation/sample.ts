/** Latencies of one thing that was measured, in microseconds. */
export interface Latency {
  readonly p50: number;
  readonly p99: number;
}

export interface ElevationSamples {
  readonly rounds: number;
  readonly latencies: Readonly<Record<string, Latency>>;
  /** Bytes of heap in use, collected, by the number of requests before. */
  readonly heapBytes: Readonly<Record<string, number>>;
}

/** What is compared with what: the gate first, the least that could do the same second. */
export const PAIRS = [
  ["check", "Map lookup"],
  ["acquire and release, one write each", "Map lookup and two writes"],
  ["acquire and release, audit log on disk", "Map lookup, two writes, one fdatasync"],
] as const;

export function percentiles(nanoseconds: readonly number[]): Latency {
  const sorted = nanoseconds.toSorted((a, b) => a - b);
  const at = (part: number): number => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0) / 1_000;
  return { p50: at(0.5), p99: at(0.99) };
}
