import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";

import { growthExponent, median } from "./scanner/measurement.ts";
import type { Measurement, WorkerTask } from "./scanner/measurement.ts";
import { openClawPeer } from "./scanner/openclaw-peer.ts";
import type { Peer } from "./scanner/openclaw-peer.ts";
import { table } from "./scanner/report.ts";
import type { Row } from "./scanner/report.ts";
import { writeLargeSkill, writeSkills } from "./scanner/skill-tree.ts";

const HELP = `pnpm bench scanner [options]
  --skills <n>       skills in the largest tree; a tenth and a half of it are measured too (10000)
  --runs <n>         passes of which the median counts, each in a process of its own (5)
  --openclaw <dir>   a folder with node_modules/openclaw; else FLYNN_BENCH_OPENCLAW, else it is installed once by npm
  --no-install       do not install it
  --results <dir>    where the JSON goes (bench/results)`;

const NOTE =
  "The ratio is no claim yet: it waits for the full set of rules. Flynn's structural rules read every file; the peer reads SKILL.md and JavaScript.";
const TARGETS = { filesPerSecond: 8_000, largeSkillSeconds: 0.15, growth: Math.log2(2.5) };

interface Options {
  readonly skills: number;
  readonly runs: number;
  readonly peer: Peer;
  readonly results: string;
}

export async function benchmarkScanner(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "number") return options;
  const folder = mkdtempSync(join(tmpdir(), "flynn-bench-"));
  try {
    report(measureAll(folder, options), options);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readOptions(args: readonly string[]): Options | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        skills: { type: "string", default: "10000" },
        runs: { type: "string", default: "5" },
        openclaw: { type: "string" },
        "no-install": { type: "boolean", default: false },
        results: { type: "string", default: resolve(import.meta.dirname, "results") },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const skills = positive("--skills", values.skills);
    const runs = positive("--runs", values.runs);
    const cache = resolve(import.meta.dirname, "../.flynn/bench");
    const folder = values.openclaw ?? process.env["FLYNN_BENCH_OPENCLAW"];
    return { skills, runs, results: values.results, peer: openClawPeer({ folder, cache, install: !values["no-install"] }) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${HELP}`);
    return 2;
  }
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`${name} needs a whole number from 1, not ${JSON.stringify(text)}`);
  return number;
}

function measureAll(folder: string, { skills, runs, peer }: Options): Row[] {
  console.error(`Writing ${skills} skills into ${folder}`);
  const parent = join(folder, "skills");
  writeSkills(parent, skills);
  writeLargeSkill(join(folder, "half"), DEFAULT_LIMITS.files / 2, DEFAULT_LIMITS.totalBytes / 2);
  writeLargeSkill(join(folder, "large"), DEFAULT_LIMITS.files, DEFAULT_LIMITS.totalBytes);
  const counts = [...new Set([skills / 10, skills / 2, skills].map(Math.ceil))];
  const trees: [string, WorkerTask["folders"]][] = [
    ...counts.map((count): [string, WorkerTask["folders"]] => [`${count} skills`, { parent, count }]),
    ["half a skill", { skill: join(folder, "half") }],
    ["one full skill", { skill: join(folder, "large") }],
  ];
  return trees.flatMap(([tree, folders]) => {
    console.error(`Measuring ${tree}`);
    const tasks: WorkerTask[] = [{ scanner: "flynn", folders }];
    if (!("notRun" in peer)) tasks.push({ scanner: "openclaw", folders, module: peer.module });
    // In turns, so that whatever else the machine does hits all of them alike.
    const passes = Array.from({ length: runs }, () => tasks.map(pass));
    const medians = tasks.map((_, task) => median(passes.flatMap((round) => round[task] ?? [])));
    const { files = 0, bytes = 0 } = medians[0] ?? {};
    return tasks.map(({ scanner }, task) => rowOf({ scanner, tree, treeFiles: files, treeBytes: bytes }, medians[task]));
  });
}

function rowOf(row: Omit<Row, "measurement">, measurement: Measurement | undefined): Row {
  if (!measurement) throw new RangeError("There is no measurement");
  return { ...row, measurement };
}

function pass(task: WorkerTask): Measurement {
  const worker = join(import.meta.dirname, "scanner/worker.ts");
  const output = execFileSync(process.execPath, ["--conditions=@flynn/source", worker, JSON.stringify(task)], { encoding: "utf8" });
  // oxlint-disable-next-line house/no-bare-json-parse
  return JSON.parse(output) as Measurement;
}

function report(rows: readonly Row[], { skills, runs, peer, results }: Options): void {
  const timeOf = (scanner: string, tree: string): Measurement | undefined =>
    rows.find((row) => row.scanner === scanner && row.tree === tree)?.measurement;
  const exponent = (scanner: string, single: string, double: string): number | null => {
    const [small, large] = [timeOf(scanner, single), timeOf(scanner, double)];
    return small && large && small !== large ? growthExponent(small, large) : null;
  };
  const trees = [...new Set(rows.map((row) => row.tree))];
  const ratios = trees.map((tree) => ratiosOf(tree, timeOf("openclaw", tree), timeOf("flynn", tree))).filter((entry) => entry !== null);
  const growth = ["flynn", "openclaw"].map((scanner) => ({
    scanner,
    skills: exponent(scanner, `${Math.ceil(skills / 2)} skills`, `${skills} skills`),
    oneSkill: exponent(scanner, "half a skill", "one full skill"),
  }));
  const peerName = "notRun" in peer ? `openclaw: NOT RUN, ${peer.notRun}` : `openclaw ${peer.version}`;
  const host = {
    loadAverage: loadavg()[0] ?? 0,
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
  };
  const file = join(results, `scanner-${new Date().toISOString().replaceAll(":", "-")}.json`);
  mkdirSync(results, { recursive: true });
  writeFileSync(
    file,
    `${JSON.stringify({ benchmark: "scanner", host, runs, peer, rows, ratios, growth, targets: TARGETS, note: NOTE }, null, 2)}\n`,
  );
  console.log(table(rows));
  console.log(`\n${peerName}; median of ${runs} runs; Node ${host.node}, ${host.cores} cores of ${host.cpu}`);
  for (const { tree, time, cpu } of ratios)
    console.log(`${tree}: openclaw takes ${time.toFixed(1)} times the time and ${cpu.toFixed(1)} times the CPU`);
  for (const { scanner, skills: many, oneSkill } of growth) {
    if (many !== null) console.log(`growth of ${scanner}: n^${many.toFixed(2)} in skills, n^${oneSkill?.toFixed(2) ?? "?"} in one skill`);
  }
  if (host.loadAverage > host.cores)
    console.log(`The load average was ${host.loadAverage.toFixed(1)}: other programs slowed all of this down.`);
  console.log(`${NOTE}\nWritten to ${file}`);
}

function ratiosOf(
  tree: string,
  peer: Measurement | undefined,
  own: Measurement | undefined,
): { readonly tree: string; readonly time: number; readonly cpu: number } | null {
  return peer && own ? { tree, time: peer.seconds / own.seconds, cpu: peer.cpuSeconds / own.cpuSeconds } : null;
}
