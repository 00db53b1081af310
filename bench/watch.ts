import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";

import { readRoundOptions } from "./round-options.ts";

const HELP = `pnpm bench watch [options]
  --rounds <n>       changes to each subject (5)
  --results <dir>    where the JSON goes (bench/results)`;

const BIN = resolve(import.meta.dirname, "../conformance/bin/flynn-conformance.ts");
const NODE = [process.execPath, "--conditions=@flynn/source"] as const;

/** Subjects with a defect, so that each has a row that failed last time. */
const SUBJECTS: Readonly<Record<string, string>> = {
  specimen: resolve(import.meta.dirname, "../conformance/test/subjects/claims-renew.ts"),
  "skill-scanner": resolve(import.meta.dirname, "subjects/broken-reference.ts"),
  "elevation-gate": resolve(import.meta.dirname, "subjects/broken-reference.ts"),
};

interface Round {
  /** From the change of the file to the rows that failed last time. */
  readonly failedFirstMs: number;
  /** From the change to the report of all rows. */
  readonly wholeMs: number;
  /** The same run from the command line. */
  readonly commandMs: number;
}

export async function benchmarkWatch(args: readonly string[]): Promise<number> {
  const options = readRoundOptions(args, 5, HELP);
  if (typeof options === "number") return options;
  const measured: Record<string, readonly Round[]> = {};
  console.log(`${"contract".padEnd(16)}${["failed first ms", "whole ms", "command ms"].map((head) => head.padStart(18)).join("")}`);
  for (const [contract, subject] of Object.entries(SUBJECTS)) {
    const rounds = await measure(contract, subject, options.rounds);
    measured[contract] = rounds;
    const columns = (["failedFirstMs", "wholeMs", "commandMs"] as const).map((name) => median(rounds.map((round) => round[name])));
    console.log(`${contract.padEnd(16)}${columns.map((ms) => ms.toFixed(0).padStart(18)).join("")}`);
  }
  const host = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, loadAverage: loadavg()[0] ?? 0 };
  const file = join(options.results, `watch-${new Date().toISOString().replaceAll(":", "-")}.json`);
  mkdirSync(options.results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ benchmark: "watch", host, measured }, null, 2)}\n`);
  console.log(
    `\nMedians of ${options.rounds} rounds; Node ${host.node}, ${host.cores} cores of ${host.cpu}, load ${host.loadAverage.toFixed(1)}`,
  );
  console.log(`Written to ${file}`);
  return 0;
}

async function measure(contract: string, subject: string, rounds: number): Promise<readonly Round[]> {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-bench-watch-"));
  let version = 0;
  const change = (): void => {
    version += 1;
    writeFileSync(join(folder.path, "subject.ts"), `export { default } from ${JSON.stringify(subject)};\n// ${version}\n`);
  };
  change();
  const flags = [contract, "./subject.ts", "--accept-host-limits", "--no-color"];
  const [node, ...own] = NODE;
  const watching = spawn(node, [...own, BIN, ...flags, "--watch"], { cwd: folder.path, stdio: ["ignore", "pipe", "inherit"] });
  try {
    const until = waiter(watching.stdout);
    await until("Ctrl-C ends it");
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const changedAt = performance.now();
      change();
      await until("now all of it");
      const failedFirstMs = performance.now() - changedAt;
      await until("Ctrl-C ends it");
      const wholeMs = performance.now() - changedAt;
      const startedAt = performance.now();
      spawnSync(node, [...own, BIN, ...flags], { cwd: folder.path });
      measured.push({ failedFirstMs, wholeMs, commandMs: performance.now() - startedAt });
    }
    return measured;
  } finally {
    watching.kill("SIGINT");
  }
}

/** Resolves once a text has come after the one before. */
function waiter(stream: NodeJS.ReadableStream): (text: string) => Promise<void> {
  let unread = "";
  let look = (): void => undefined;
  stream.on("data", (chunk: Buffer) => {
    unread += chunk.toString("utf8");
    look();
  });
  return (text) =>
    new Promise((found) => {
      look = (): void => {
        const at = unread.indexOf(text);
        if (at === -1) return;
        unread = unread.slice(at + text.length);
        found();
      };
      look();
    });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
