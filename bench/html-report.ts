import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { readRoundOptions } from "./round-options.ts";

const HELP = `pnpm bench html-report [options]
  --rounds <n>       times that each page is opened (15)
  --results <dir>    where the JSON goes (bench/results)
It needs a Chromium: CHROMIUM_PATH, or one of /usr/bin/chromium, chromium-browser and google-chrome.`;

interface Samples {
  readonly bytes: number;
  /** What it took to write the page. */
  readonly renderMs: number;
  /** Of each page, each time that it was opened; the CPU time is that of the page's main thread. */
  readonly openings: Readonly<Record<string, readonly { readonly elapsedMs: number; readonly cpuMs: number }[]>>;
}

/** The report first, then what the same browser takes for as many bytes of text, and for nothing. */
const PAGES = ["report", "plain text", "empty"] as const;

export async function benchmarkHtmlReport(args: readonly string[]): Promise<number> {
  const options = readRoundOptions(args, 15, HELP);
  if (typeof options === "number") return options;
  const worker = join(import.meta.dirname, "../conformance/test/html-report/measure-opening.ts");
  const output = execFileSync(process.execPath, ["--conditions=@flynn/source", worker, String(options.rounds)], { encoding: "utf8" });
  // oxlint-disable-next-line house/no-bare-json-parse
  report(JSON.parse(output) as Samples, options);
  return 0;
}

function report(samples: Samples, { rounds, results }: { readonly rounds: number; readonly results: string }): void {
  const host = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, loadAverage: loadavg()[0] ?? 0 };
  const file = join(results, `html-report-${new Date().toISOString().replaceAll(":", "-")}.json`);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ benchmark: "html-report", host, rounds, ...samples }, null, 2)}\n`);
  console.log(`A report of 300 rows, of which 100 fail with three cases each: ${(samples.bytes / 1_000).toFixed(0)} kB,`);
  console.log(`written in ${samples.renderMs.toFixed(0)} ms. From the start of the navigation to a frame with everything laid out:\n`);
  console.log(`${"page".padEnd(14)}${["best ms", "p50 ms", "worst ms", "CPU p50 ms"].map((head) => head.padStart(12)).join("")}`);
  for (const name of PAGES) {
    const opened = samples.openings[name] ?? [];
    const elapsed = opened.map(({ elapsedMs }) => elapsedMs);
    const columns = [Math.min(...elapsed), median(elapsed), Math.max(...elapsed), median(opened.map(({ cpuMs }) => cpuMs))];
    console.log(`${name.padEnd(14)}${columns.map((ms) => ms.toFixed(0).padStart(12)).join("")}`);
  }
  console.log(`\n${rounds} rounds; Node ${host.node}, ${host.cores} cores of ${host.cpu}, load ${host.loadAverage.toFixed(1)}`);
  console.log(`Written to ${file}`);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
