/** One pass over a tree, measured in a process of its own. The import of the scanner is not in it. */
export interface Measurement {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  /** What the scanner looked at. */
  readonly files: number;
  readonly bytes: number;
  /** Of one skill; null where several are scanned at a time. */
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

/** `reading` judges nothing: it reads and hashes every file, below which no scanner of the contract can be. */
export type ScannerName = "flynn" | "flynn-pool" | "openclaw" | "reading";

/** Skill folders: as many of those in a folder as are wanted, in the order of their names. */
export interface SkillFolders {
  readonly parent: string;
  readonly count: number;
}

/** What a worker is asked to do; it gets this as its only argument, as JSON. */
export interface WorkerTask {
  readonly scanner: ScannerName;
  readonly folders: SkillFolders;
  /** Threads of the pool. */
  readonly jobs?: number;
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

/** The value below which this share of them lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
