import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { PAIRS } from "./elevation/sample.ts";
import type { ElevationSamples } from "./elevation/sample.ts";

const HELP = `pnpm bench elevation [options]
  --rounds <n>       calls of each kind (2000)
  --results <dir>    where the JSON goes (bench/results)`;

export async function benchmarkElevation(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "number") return options;
  const worker = join(import.meta.dirname, "elevation/worker.ts");
  const command = ["--expose-gc", "--conditions=@flynn/source", worker, String(options.rounds)];
  const output = execFileSync(process.execPath, command, { encoding: "utf8" });
  // oxlint-disable-next-line house/no-bare-json-parse
  report(JSON.parse(output) as ElevationSamples, options.results);
  return 0;
}

function readOptions(args: readonly string[]): { readonly rounds: number; readonly results: string } | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: "string", default: "2000" },
        results: { type: "string", default: resolve(import.meta.dirname, "results") },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const rounds = Number(values.rounds);
    if (!Number.isInteger(rounds) || rounds < 1) {
      throw new RangeError(`--rounds needs a whole number from 1, not ${JSON.stringify(values.rounds)}`);
    }
    return { rounds, results: values.results };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${HELP}`);
    return 2;
  }
}

function report(samples: ElevationSamples, results: string): void {
  const host = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, loadAverage: loadavg()[0] ?? 0 };
  const file = join(results, `elevation-${new Date().toISOString().replaceAll(":", "-")}.json`);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ benchmark: "elevation", host, ...samples }, null, 2)}\n`);
  console.log(`${"".padEnd(42)}${"p50 µs".padStart(10)}${"p99 µs".padStart(10)}${"ratio p50".padStart(11)}`);
  for (const [own, peer] of PAIRS) {
    const [measured, compared] = [samples.latencies[own], samples.latencies[peer]];
    if (!measured || !compared) continue;
    console.log(line(own, measured, `${(measured.p50 / compared.p50).toFixed(1)}x`));
    console.log(line(`  ${peer}`, compared, ""));
  }
  console.log("\nheap in use after requests, each in a session of its own, half of them denied and half left to run out:");
  for (const [count, bytes] of Object.entries(samples.heapBytes)) console.log(`  ${count.padStart(7)}: ${(bytes / 1e6).toFixed(1)} MB`);
  console.log(`\n${samples.rounds} rounds; Node ${host.node}, ${host.cores} cores of ${host.cpu}, load ${host.loadAverage.toFixed(1)}`);
  console.log(`Written to ${file}`);
}

function line(name: string, { p50, p99 }: { readonly p50: number; readonly p99: number }, ratio: string): string {
  return `${name.padEnd(42)}${p50.toFixed(1).padStart(10)}${p99.toFixed(1).padStart(10)}${ratio.padStart(11)}`;
}
