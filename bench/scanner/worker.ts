import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

import type { Measurement, WorkerTask } from "./measurement.ts";

type ScanFolder = (folder: string) => Promise<{ readonly files: number; readonly bytes: number }>;

interface OpenClawScanner {
  scanDirectoryWithSummary(folder: string, options: object): Promise<{ readonly scannedFiles: number }>;
  scanSkillContent(text: string, path: string): unknown;
}

// The parent of this process is bench/scanner.ts, which wrote the argument.
// oxlint-disable-next-line house/no-bare-json-parse
const task = JSON.parse(process.argv[2] ?? "") as WorkerTask;
const scan = task.scanner === "flynn" ? await flynn() : await openClaw(task.module ?? "");
process.stdout.write(JSON.stringify(await measure(scan, foldersOf(task))));

function foldersOf({ folders }: WorkerTask): string[] {
  if ("skill" in folders) return [folders.skill];
  return Array.from({ length: folders.count }, (_, index) => join(folders.parent, `skill-${index}`));
}

async function measure(scanFolder: ScanFolder, folders: readonly string[]): Promise<Measurement> {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  let files = 0;
  let bytes = 0;
  for (const folder of folders) {
    const seen = await scanFolder(folder);
    files += seen.files;
    bytes += seen.bytes;
  }
  const { user, system } = process.cpuUsage(cpuStart);
  return {
    seconds: (performance.now() - start) / 1_000,
    cpuSeconds: (user + system) / 1_000_000,
    peakRssBytes: process.resourceUsage().maxRSS * 1024,
    files,
    bytes,
  };
}

async function flynn(): Promise<ScanFolder> {
  const { ReferenceSkillScanner } = await import("@flynn/reference-daemon/skills");
  const { SystemClock } = await import("@flynn/sdk/kernel");
  const scanner = new ReferenceSkillScanner({ clock: new SystemClock() });
  return async (folder) => {
    const { verdict, inventory } = await scanner.scan({ root: folder, phase: "load" });
    if (verdict !== "allow") throw new Error(`The generated skill ${folder} is not allowed`);
    const files = inventory.filter((entry) => entry.kind === "file");
    return { files: files.length, bytes: files.reduce((total, entry) => total + entry.bytes, 0) };
  };
}

/** With every option that makes it look at more, and its text rules for SKILL.md, as its own audit uses them. */
async function openClaw(module: string): Promise<ScanFolder> {
  const scanner = (await import(pathToFileURL(module).href)) as OpenClawScanner;
  const options = { includeHiddenDirectories: true, includeNodeModules: true, excludeTestFiles: false };
  return async (folder) => {
    const summary = await scanner.scanDirectoryWithSummary(folder, options);
    const skillFile = join(folder, "SKILL.md");
    const text = readFileSync(skillFile, "utf8");
    scanner.scanSkillContent(text, skillFile);
    return { files: summary.scannedFiles + 1, bytes: Buffer.byteLength(text) };
  };
}
