import { availableParallelism } from "node:os";

import { CodedError, SystemClock } from "@flynn/sdk/kernel";
import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { scanMany } from "../skills/batch/scan-many.ts";
import type { Judging } from "../skills/batch/skill-batch.ts";
import { unscannedResult } from "../skills/batch/unscanned-result.ts";
import type { ScanCache } from "../skills/cache/scan-cache.ts";
import { Pacing } from "../skills/pacing.ts";
import type { ReferenceSkillScanner } from "../skills/skill-scanner.ts";
import { nodeFileSystem } from "../skills/tree/node-file-system.ts";
import { EXIT } from "./exit-codes.ts";
import { jsonReport } from "./report-json.ts";
import { sarifReport } from "./report-sarif.ts";
import { textReport } from "./report-text.ts";
import { scanExitStatus } from "./scan-exit-status.ts";
import type { ShardInfo } from "./shard-info.ts";
import { faultLine, judgingRequest, policyFrom, scannerFor } from "./skill-policy-option.ts";
import type { JudgingOptions } from "./skill-policy-option.ts";
import { ScanProgress } from "./skills-scan-progress.ts";
import { isInShard, listDigest } from "./skills-scan-shard.ts";
import type { Shard } from "./skills-scan-shard.ts";
import { foundTargets, givenTargets } from "./skills-scan-targets.ts";
import type { ScanTarget } from "./skills-scan-targets.ts";
import { stylerFor, tellProblem, write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

export interface ReportOptions {
  readonly json?: true;
  readonly sarif?: true;
  readonly failOn?: "reject" | "warn";
}

export interface ScanCommandOptions extends JudgingOptions, ReportOptions {
  readonly recursive?: true;
  readonly jobs?: number;
  readonly cache?: string;
  readonly shard?: Shard;
  /** False for `--no-progress`. */
  readonly progress?: boolean;
}

/** One folder of the command line, as it was given or found, and what the scanner says about it. */
export interface ScannedSkill {
  readonly folder: string;
  readonly result: ScanResult;
}

/** `flynn skills scan`. `misuse` ends the command as commander does for an unknown option. */
export async function scanCommand(
  folders: readonly string[],
  options: ScanCommandOptions,
  context: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  if (options.json && options.sarif) misuse("--json and --sarif exclude each other");
  if (options.shard && !options.json) misuse("--shard needs --json, the form that `flynn skills merge` reads");
  const policy = await policyFrom(options, folders, context);
  if (policy === null) return EXIT.usage;
  const { actions, installerHosts } = policy;
  const judging: Judging = { request: { ...judgingRequest(options, policy, misuse), phase: "install" }, actions, installerHosts };
  const interrupt = new AbortController();
  const stopListening = context.onInterrupt(() => interrupt.abort());
  try {
    const run = new ScanRun({ options, context, judging, scanner: scannerFor(policy, context), signal: interrupt.signal });
    return await run.run(folders);
  } catch (error) {
    if (CodedError.is(error) && error.code === "ABORTED") return EXIT.interrupted;
    if (!CodedError.is(error) || error.code !== "UNSAFE") throw error;
    await tellProblem(error.message, context);
    return EXIT.usage;
  } finally {
    stopListening();
  }
}

interface ScanRunParts {
  readonly options: ScanCommandOptions;
  readonly context: CommandContext;
  readonly judging: Judging;
  readonly scanner: ReferenceSkillScanner;
  readonly signal: AbortSignal;
}

class ScanRun {
  readonly #parts: ScanRunParts;
  readonly #clock = new SystemClock();
  readonly #pacing = new Pacing(this.#clock);

  constructor(parts: ScanRunParts) {
    this.#parts = parts;
  }

  async run(folders: readonly string[]): Promise<number> {
    const { options, context } = this.#parts;
    const cache = await this.#cache(folders);
    const all = await this.#targets(folders);
    const { shard } = options;
    const targets = shard === undefined ? all : all.filter(({ folder }) => isInShard(folder, shard));
    const skills = await this.#scan(targets, cache);
    const info = shard === undefined ? undefined : await this.#shardInfo(shard, all);
    await write(context.stdout, scanReport(skills, options, context, info));
    const status = scanExitStatus(skills, options.failOn);
    return (await this.#isSaved(cache)) ? status : EXIT.fault;
  }

  async #targets(folders: readonly string[]): Promise<ScanTarget[]> {
    const { options, context, signal } = this.#parts;
    const { cwd, skillFiles: fileSystem = nodeFileSystem } = context;
    if (!options.recursive) return givenTargets(folders, cwd);
    return await foundTargets(folders, { cwd, fileSystem, pacing: this.#pacing, signal });
  }

  async #scan(targets: readonly ScanTarget[], cache: ScanCache | null): Promise<ScannedSkill[]> {
    const { context, judging, options, scanner, signal } = this.#parts;
    const progress = this.#progress(targets.length);
    const results = new Map<ScanTarget, ScanResult>();
    const misses = [];
    for (const target of targets) {
      const known = target.problem === null ? await cache?.look(target) : unscannedResult(scanner.info, target.problem);
      if (known === undefined || "skill" in known) misses.push({ target, known });
      else results.set(target, known);
    }
    progress?.add(results.size);
    try {
      const scanned = await scanMany(
        misses.map(({ target: { root, skillName } }) => ({ root, skillName })),
        {
          scanner,
          judging,
          // What is read through something else is not there for another thread.
          jobs: context.skillFiles === undefined ? (options.jobs ?? availableParallelism()) : 1,
          clock: this.#clock,
          signal,
          onScanned: (count) => progress?.add(count),
          onFault: (fault) => {
            progress?.clear();
            context.stderr.write(faultLine(fault));
          },
        },
      );
      for (const [index, { target, known }] of misses.entries()) {
        const result = scanned[index];
        if (result === undefined) throw new Error("A skill has no result");
        results.set(target, result);
        if (known !== undefined) await cache?.keep(known, result);
      }
    } finally {
      progress?.clear();
    }
    return targets.flatMap((target) => {
      const result = results.get(target);
      return result === undefined ? [] : [{ folder: target.folder, result }];
    });
  }

  #progress(total: number): ScanProgress | null {
    const { context, options } = this.#parts;
    const isWatched = context.stderr.isTTY === true && !context.environment["CI"] && options.progress !== false;
    return isWatched && total > 1 ? new ScanProgress(context.stderr, this.#clock, total) : null;
  }

  async #cache(folders: readonly string[]): Promise<ScanCache | null> {
    const { context, judging, options, scanner, signal } = this.#parts;
    if (options.cache === undefined) return null;
    const { cachePath } = await import("./skills-scan-cache.ts");
    const { ScanCache } = await import("../skills/cache/scan-cache.ts");
    const { cacheKey } = await import("../skills/cache/cache-key.ts");
    return await ScanCache.open({
      path: cachePath(options.cache, folders, context.cwd),
      key: cacheKey(scanner.info, judging),
      suppressions: judging.request.policy?.suppressions ?? [],
      fileSystem: context.skillFiles ?? nodeFileSystem,
      clock: this.#clock,
      pacing: this.#pacing,
      signal,
      onProblem: (problem) => tellProblem(problem, context),
    });
  }

  async #isSaved(cache: ScanCache | null): Promise<boolean> {
    try {
      await cache?.save();
      return true;
    } catch (error) {
      if (!CodedError.is(error)) throw error;
      await tellProblem(error.message, this.#parts.context);
      return false;
    }
  }

  async #shardInfo({ index, count }: Shard, all: readonly ScanTarget[]): Promise<ShardInfo> {
    const { judging, scanner } = this.#parts;
    const { policyDigest } = await import("../skills/cache/cache-key.ts");
    const { rulesVersion } = scanner.info;
    const list = listDigest(all.map(({ folder }) => folder));
    return { index, count, skills: all.length, list, rulesVersion, policy: policyDigest(judging) };
  }
}

export function scanReport(
  skills: readonly ScannedSkill[],
  options: Pick<ReportOptions, "json" | "sarif">,
  { cwd, stdout }: Pick<CommandContext, "cwd" | "stdout">,
  shard?: ShardInfo,
): string {
  if (options.json) return jsonReport(skills, shard);
  return options.sarif ? sarifReport(skills, cwd) : textReport(skills, stylerFor(stdout));
}
