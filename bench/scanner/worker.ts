import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import { isReadByPeer, sizeOf, skillFolders } from "./folder-size.ts";
import type { FolderSize } from "./folder-size.ts";
import { percentile } from "./measurement.ts";
import type { Measurement, WorkerTask } from "./measurement.ts";

/** Scans all the folders; gives how long each took, if they came one after the other, and what was looked at. */
type ScanAll = (folders: readonly string[]) => Promise<{ readonly times: readonly number[]; readonly looked: () => FolderSize }>;

interface OpenClawScanner {
  scanDirectoryWithSummary(folder: string, options: object): Promise<{ readonly scannedFiles: number }>;
  scanSkillContent(text: string, path: string): unknown;
}

// The parent of this process is bench/scanner.ts, which wrote the argument.
// oxlint-disable-next-line house/no-bare-json-parse
const task = JSON.parse(process.argv[2] ?? "") as WorkerTask;
process.stdout.write(JSON.stringify(await measure(await scannerOf(task), skillFolders(task.folders))));

async function scannerOf({ scanner, jobs = 1, module = "" }: WorkerTask): Promise<ScanAll> {
  if (scanner === "openclaw") return await openClaw(module);
  if (scanner === "reading") return reading;
  return scanner === "flynn" ? await flynn() : await flynnPool(jobs);
}

async function measure(scanAll: ScanAll, folders: readonly string[]): Promise<Measurement> {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const { times, looked } = await scanAll(folders);
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpuStart);
  const peakRssBytes = process.resourceUsage().maxRSS * 1024;
  const isTimed = times.length > 0;
  return {
    seconds,
    cpuSeconds: (user + system) / 1_000_000,
    peakRssBytes,
    ...looked(),
    p50Ms: isTimed ? percentile(times, 0.5) : null,
    p99Ms: isTimed ? percentile(times, 0.99) : null,
  };
}

async function oneByOne(folders: readonly string[], scan: (folder: string) => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  for (const folder of folders) {
    const start = performance.now();
    await scan(folder);
    times.push(performance.now() - start);
  }
  return times;
}

async function flynn(): Promise<ScanAll> {
  const { ReferenceSkillScanner } = await import("@flynn/reference-daemon/skills");
  const { SystemClock } = await import("@flynn/sdk/kernel");
  const scanner = new ReferenceSkillScanner({ clock: new SystemClock() });
  return async (folders) => {
    let files = 0;
    let bytes = 0;
    const times = await oneByOne(folders, async (folder) => {
      const { inventory } = await scanner.scan({ root: folder, phase: "load" });
      for (const entry of inventory) {
        if (entry.sha256 === null) continue;
        files += 1;
        bytes += entry.bytes;
      }
    });
    return { times, looked: () => ({ files, bytes }) };
  };
}

async function flynnPool(jobs: number): Promise<ScanAll> {
  const { ReferenceSkillScanner, scanMany } = await import("@flynn/reference-daemon/skills");
  const { SystemClock } = await import("@flynn/sdk/kernel");
  const clock = new SystemClock();
  return async (folders) => {
    const results = await scanMany(
      folders.map((root) => ({ root, skillName: "measured" })),
      {
        scanner: new ReferenceSkillScanner({ clock }),
        judging: { request: { phase: "load" }, actions: {}, installerHosts: [] },
        jobs,
        clock,
        signal: new AbortController().signal,
      },
    );
    const read = results.flatMap(({ inventory }) => inventory.filter(({ sha256 }) => sha256 !== null));
    return { times: [], looked: () => ({ files: read.length, bytes: read.reduce((sum, entry) => sum + entry.bytes, 0) }) };
  };
}

/** With every option that makes it look at more, and its text rules for SKILL.md, as its own audit uses them. */
async function openClaw(module: string): Promise<ScanAll> {
  const scanner = (await import(pathToFileURL(module).href)) as OpenClawScanner;
  const options = { includeHiddenDirectories: true, includeNodeModules: true, excludeTestFiles: false };
  return async (folders) => {
    let files = 0;
    const times = await oneByOne(folders, async (folder) => {
      const summary = await scanner.scanDirectoryWithSummary(folder, options);
      const skillFile = join(folder, "SKILL.md");
      scanner.scanSkillContent(readFileSync(skillFile, "utf8"), skillFile);
      files += summary.scannedFiles + 1;
    });
    return { times, looked: () => ({ files, bytes: sizeOf(folders, isReadByPeer).bytes }) };
  };
}

async function reading(folders: readonly string[]): ReturnType<ScanAll> {
  let files = 0;
  let bytes = 0;
  const times = await oneByOne(folders, (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const content = readFileSync(join(entry.parentPath, entry.name));
      createHash("sha256").update(content).digest("hex");
      files += 1;
      bytes += content.length;
    }
    return Promise.resolve();
  });
  return { times, looked: () => ({ files, bytes }) };
}
