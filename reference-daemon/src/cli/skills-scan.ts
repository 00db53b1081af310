import { resolve } from "node:path";

import { CodedError, SystemClock } from "@flynn/sdk/kernel";
import { assetTypeSchema } from "@flynn/sdk/skill-scanner";
import type { AssetType, ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

import { printable } from "../text/printable.ts";
import { treeRules } from "../skills/rules/tree-rules.ts";
import { ReferenceSkillScanner } from "../skills/skill-scanner.ts";
import { EXIT } from "./exit-codes.ts";
import { jsonReport } from "./report-json.ts";
import { sarifReport } from "./report-sarif.ts";
import { textReport } from "./report-text.ts";
import { stylerFor, write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

/** What is found at the folder itself when there was nothing to scan. */
const UNUSABLE_ROOT = [treeRules.rootUnusable.id, treeRules.unreadable.id];

export interface ScanCommandOptions {
  readonly json?: true;
  readonly sarif?: true;
  readonly routed?: true;
  readonly permissions?: readonly string[];
  readonly assets?: readonly string[];
}

/** One folder of the command line, as it was given, and what the scanner says about it. */
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
  const request = requestFrom(options, misuse);
  const interrupt = new AbortController();
  const stopListening = context.onInterrupt(() => interrupt.abort());
  try {
    const skills = await scanAll(folders, request, context, interrupt.signal);
    await write(context.stdout, report(skills, options, context));
    return exitStatus(skills);
  } catch (error) {
    if (CodedError.is(error) && error.code === "ABORTED") return EXIT.interrupted;
    throw error;
  } finally {
    stopListening();
  }
}

async function scanAll(
  folders: readonly string[],
  request: Omit<ScanRequest, "root">,
  { cwd, stderr }: CommandContext,
  signal: AbortSignal,
): Promise<ScannedSkill[]> {
  const onInternalError = (error: unknown): void => {
    stderr.write(`flynn: ${printable(error instanceof Error ? (error.stack ?? error.message) : String(error), 2_000)}\n`);
  };
  const scanner = new ReferenceSkillScanner({ clock: new SystemClock(), onInternalError });
  const skills: ScannedSkill[] = [];
  for (const folder of folders) {
    skills.push({ folder, result: await scanner.scan({ ...request, root: resolve(cwd, folder) }, { signal }) });
  }
  return skills;
}

function requestFrom(options: ScanCommandOptions, misuse: (problem: string) => never): Omit<ScanRequest, "root"> {
  const { routed = false, permissions, assets = [] } = options;
  if (routed && !permissions) misuse("--routed needs --permissions, the permissions that the host knows");
  const isAsset = (type: string): type is AssetType => assetTypeSchema.safeParse(type).success;
  const unknown = assets.find((type) => !isAsset(type));
  if (unknown !== undefined) misuse(`--assets does not know ${printable(unknown)}; it takes ${assetTypeSchema.options.join(", ")}`);
  return {
    phase: "install",
    policy: { assets: assets.filter(isAsset) },
    ...(permissions ? { intent: { routed, permissions: [...permissions] } } : {}),
  };
}

function report(skills: readonly ScannedSkill[], options: ScanCommandOptions, { cwd, stdout }: CommandContext): string {
  if (options.json) return jsonReport(skills);
  return options.sarif ? sarifReport(skills, cwd) : textReport(skills, stylerFor(stdout));
}

/** What could not be scanned weighs more than what was rejected: its verdict is not known. */
function exitStatus(skills: readonly ScannedSkill[]): number {
  if (skills.some(({ result }) => couldNotScan(result))) return EXIT.couldNotScan;
  return skills.some(({ result }) => result.verdict === "reject") ? EXIT.rejected : EXIT.ok;
}

function couldNotScan({ findings }: ScanResult): boolean {
  return findings.some(({ path, ruleId }) => path === "" && UNUSABLE_ROOT.includes(ruleId));
}
