/** One pass over a tree, measured in a process of its own. The import of the scanner is not in it. */
export interface Measurement {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  /** What the scanner says that it looked at. */
  readonly files: number;
  readonly bytes: number;
}

/** What a worker is asked to do; it gets this as its only argument, as JSON. */
export interface WorkerTask {
  readonly scanner: "flynn" | "openclaw";
  readonly folders: { readonly parent: string; readonly count: number } | { readonly skill: string };
  /** Where the peer's module is. */
  readonly module?: string;
}

/** The pass whose time is in the middle. */
export function median(measurements: readonly Measurement[]): Measurement {
  const sorted = measurements.toSorted((a, b) => a.seconds - b.seconds);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new RangeError("There is no measurement");
  return middle;
}

/** 1 is linear: the exponent of n in the time, from two sizes of which one is the double of the other. */
export function growthExponent(single: Measurement, double: Measurement): number {
  return Math.log2(double.seconds / single.seconds);
}
