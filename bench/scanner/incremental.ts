import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

/** The cache remembers nothing of files that changed so shortly before a scan. */
const REST_MS = 2_500;

export interface Incremental {
  readonly first: number;
  readonly again: number;
}

/** Seconds of the whole command from the sources, the start of Node in it: without a cache, and with one that holds everything. */
export async function measureIncremental(tree: string, cache: string, runs: number): Promise<Incremental> {
  await setTimeout(REST_MS);
  const first = scan(tree, cache);
  const times = Array.from({ length: runs }, () => scan(tree, cache)).toSorted((a, b) => a - b);
  return { first, again: times[Math.floor(times.length / 2)] ?? 0 };
}

function scan(tree: string, cache: string): number {
  const program = join(import.meta.dirname, "../../reference-daemon/bin/flynn.ts");
  const args = ["--conditions=@flynn/source", program, "skills", "scan", "--recursive", "--json", "--cache", cache, tree];
  const start = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "ignore", "inherit"] });
  const seconds = (performance.now() - start) / 1_000;
  // A skill may be rejected; everything above is a scan that did not take place.
  if (status === null || status > 1) throw new Error(`The scan ended with status ${status}`);
  return seconds;
}
