import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";

import { measureRepetitions, named, worstBy } from "./repetition/repetition.ts";
import type { Repetition } from "./repetition/repetition.ts";
import { barLines, isMet } from "./scanner/bar.ts";
import type { Bar } from "./scanner/bar.ts";
import { measureIncremental } from "./scanner/incremental.ts";
import { readOptions } from "./scanner/options.ts";
import type { Options } from "./scanner/options.ts";
import { writePeerSkills } from "./scanner/peer-tree.ts";
import { ratios, table } from "./scanner/report.ts";
import type { Row } from "./scanner/report.ts";
import { writeFullSkills, writeLargeSkill, writeScriptSkills, writeSkills } from "./scanner/skill-tree.ts";
import { measureTree } from "./scanner/trees.ts";

const MOST_SCRIPT_SKILLS = 100;
const INCREMENTAL_FILES = 10_000;
const FILES_IN_A_SMALL_SKILL = 5;
/** What twice as much may take where the time is in proportion, and a quarter of it for what is measured badly. */
const MOST_GROWTH = 2.5;

export async function benchmarkScanner(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (typeof options === "number") return options;
  const folder = mkdtempSync(join(tmpdir(), "flynn-bench-"));
  try {
    const measured: Measured = { rows: [], bars: [], repetitions: [] };
    if (options.parts.includes("trees")) measureTrees(folder, options, measured);
    if (options.parts.includes("files")) measureFiles(folder, options, measured);
    if (options.parts.includes("repetitions")) measureTexts(measured);
    if (options.parts.includes("incremental")) await measureAgain(folder, options, measured);
    report(measured, options);
    return 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly rows: Row[];
  readonly bars: Bar[];
  repetitions: Repetition[];
}

function measureTrees(folder: string, options: Options, { rows, bars }: Measured): void {
  const { skills, peer } = options;
  console.error(`Writing ${skills} skills into ${folder}`);
  const parent = join(folder, "small");
  writeSkills(parent, skills);
  const counts = [...new Set([skills / 10, skills / 2, skills].map(Math.ceil))];
  for (const count of counts) rows.push(...measureTree({ name: `${count} skills`, folders: { parent, count } }, options));
  writeLargeSkill(join(folder, "large/skill"), DEFAULT_LIMITS.files, DEFAULT_LIMITS.totalBytes);
  rows.push(...measureTree({ name: "one full skill", folders: { parent: join(folder, "large"), count: 1 } }, options));
  const scripts = Math.min(skills, MOST_SCRIPT_SKILLS);
  writeScriptSkills(join(folder, "scripts"), scripts);
  rows.push(...measureTree({ name: "JavaScript", folders: { parent: join(folder, "scripts"), count: scripts } }, options));
  if (!("notRun" in peer)) {
    const count = writePeerSkills(peer.root, join(folder, "peer"), options.peerMegabytes * 1e6);
    rows.push(...measureTree({ name: "openclaw's own", folders: { parent: join(folder, "peer"), count } }, options));
  }
  const all = measurementOf(rows, `${skills} skills`);
  bars.push(
    { name: "a small skill, half of all below", measured: all.p50Ms ?? 0, bar: 0.3, unit: "ms" },
    { name: "a small skill, 99 of 100 below", measured: all.p99Ms ?? 0, bar: 3, unit: "ms" },
    { name: "500 files and 8 MiB", measured: measurementOf(rows, "one full skill").seconds * 1_000, bar: 150, unit: "ms" },
    { name: `peak memory over ${skills} skills`, measured: all.peakRssBytes / 1e6, bar: 200, unit: "MB" },
  );
  if (counts.length > 1) bars.push(growth("small skills", all.seconds, measurementOf(rows, `${Math.ceil(skills / 2)} skills`).seconds));
}

function measureFiles(folder: string, options: Options, { rows, bars }: Measured): void {
  const count = Math.max(2, Math.ceil(options.files / DEFAULT_LIMITS.files));
  const parent = join(folder, "full");
  console.error(`Writing ${count} skills of ${DEFAULT_LIMITS.files} files`);
  writeFullSkills(parent, count, DEFAULT_LIMITS.files);
  const alone: Options = { ...options, runs: 1, peer: { notRun: "this tree is for growth" } };
  const [half, whole] = [Math.ceil(count / 2), count].map((skills) =>
    measureTree({ name: `${skills * DEFAULT_LIMITS.files} files`, folders: { parent, count: skills } }, alone),
  );
  rows.push(...(half ?? []), ...(whole ?? []));
  const all = measurementOf(rows, `${count * DEFAULT_LIMITS.files} files`);
  bars.push(growth("files", all.seconds, measurementOf(rows, `${Math.ceil(count / 2) * DEFAULT_LIMITS.files} files`).seconds), {
    name: `peak memory over ${count * DEFAULT_LIMITS.files} files`,
    measured: all.peakRssBytes / 1e6,
    bar: 200,
    unit: "MB",
  });
  rmSync(parent, { recursive: true });
}

function measureTexts(measured: Measured): void {
  console.error("Measuring what rules look for, again and again");
  measured.repetitions = measureRepetitions();
  const steepest = worstBy(measured.repetitions, ({ ratio }) => ratio ?? 0);
  const slowest = worstBy(measured.repetitions, ({ ms }) => ms);
  if (!steepest || !slowest) return;
  measured.bars.push(
    { name: "growth of a repeated text, worst", measured: steepest.ratio ?? 0, bar: MOST_GROWTH, unit: "", note: named(steepest) },
    { name: "512 KiB of a repeated text, worst", measured: slowest.ms, bar: 1_000, unit: "ms", note: named(slowest) },
  );
}

async function measureAgain(folder: string, { runs }: Options, { bars }: Measured): Promise<void> {
  console.error(`Scanning ${INCREMENTAL_FILES} files again`);
  const tree = join(folder, "again");
  writeSkills(tree, INCREMENTAL_FILES / FILES_IN_A_SMALL_SKILL);
  const { first, again } = await measureIncremental(tree, join(folder, "cache.json"), runs);
  bars.push({
    name: `the command again over ${INCREMENTAL_FILES} files`,
    measured: again,
    bar: 1,
    unit: "s",
    note: `${first.toFixed(2)} s the first time`,
  });
}

function growth(name: string, double: number, single: number): Bar {
  return { name: `t(2n)/t(n) in ${name}`, measured: double / single, bar: MOST_GROWTH, unit: "" };
}

function measurementOf(rows: readonly Row[], tree: string): Row["measurement"] {
  const row = rows.find((candidate) => candidate.scanner === "flynn" && candidate.tree === tree);
  if (!row) throw new RangeError(`${tree} was not measured`);
  return row.measurement;
}

function report({ rows, bars, repetitions }: Measured, options: Options): void {
  const { runs, jobs, peer, results } = options;
  const peerName = "notRun" in peer ? `openclaw: NOT RUN, ${peer.notRun}` : `openclaw ${peer.version}`;
  const host = {
    loadAverage: loadavg()[0] ?? 0,
    node: process.version,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    platform: `${process.platform} ${process.arch}`,
  };
  const version = "notRun" in peer ? peer : { version: peer.version };
  const content = { benchmark: "scanner", host, runs, jobs, peer: version, rows, bars: bars.map((bar) => ({ ...bar, isMet: isMet(bar) })) };
  const slowest = repetitions.toSorted((a, b) => b.ms - a.ms).slice(0, 10);
  const file = join(results, `scanner-${new Date().toISOString().replaceAll(":", "-")}.json`);
  mkdirSync(results, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ ...content, slowest }, null, 2)}\n`);
  if (rows.length > 0) console.log(table(rows));
  console.log(`\n${peerName}; median of ${runs} runs; flynn-pool: ${jobs} threads; Node ${host.node}, ${host.cores} cores of ${host.cpu}`);
  for (const ratio of ratios(rows)) console.log(ratio);
  if (bars.length > 0) console.log(`\n${barLines(bars)}`);
  if (host.loadAverage > host.cores)
    console.log(`The load average was ${host.loadAverage.toFixed(1)}: other programs slowed all of this down.`);
  console.log(`Written to ${file}`);
}
