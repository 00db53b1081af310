import { basename, resolve } from "node:path";

import { CodedError } from "@flynn/sdk/kernel";
import type { ScanRequest, ScanResult, SkillScanner, Verdict } from "@flynn/sdk/skill-scanner";

import { couldNotScan } from "./could-not-scan.ts";
import { EXIT } from "./exit-codes.ts";
import { jsonReport } from "./report-json.ts";
import { sarifReport } from "./report-sarif.ts";
import { textReport } from "./report-text.ts";
import { judgingRequest, policyFrom, scannerFor } from "./skill-policy-option.ts";
import type { JudgingOptions } from "./skill-policy-option.ts";
import { stylerFor, write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

export interface ScanCommandOptions extends JudgingOptions {
  readonly json?: true;
  readonly sarif?: true;
  readonly failOn?: "reject" | "warn";
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
  const policy = await policyFrom(options, folders, context);
  if (policy === null) return EXIT.usage;
  const request = { ...judgingRequest(options, policy, misuse), phase: "install" } as const;
  const interrupt = new AbortController();
  const stopListening = context.onInterrupt(() => interrupt.abort());
  try {
    const skills = await scanAll(folders, scannerFor(policy, context), request, context.cwd, interrupt.signal);
    await write(context.stdout, report(skills, options, context));
    return exitStatus(skills, options.failOn === "warn" ? ["reject", "warn"] : ["reject"]);
  } catch (error) {
    if (CodedError.is(error) && error.code === "ABORTED") return EXIT.interrupted;
    throw error;
  } finally {
    stopListening();
  }
}

async function scanAll(
  folders: readonly string[],
  scanner: SkillScanner,
  request: Omit<ScanRequest, "root" | "skillName">,
  cwd: string,
  signal: AbortSignal,
): Promise<ScannedSkill[]> {
  const skills: ScannedSkill[] = [];
  for (const folder of folders) {
    const root = resolve(cwd, folder);
    skills.push({ folder, result: await scanner.scan({ ...request, root, skillName: basename(root) }, { signal }) });
  }
  return skills;
}

function report(skills: readonly ScannedSkill[], options: ScanCommandOptions, { cwd, stdout }: CommandContext): string {
  if (options.json) return jsonReport(skills);
  return options.sarif ? sarifReport(skills, cwd) : textReport(skills, stylerFor(stdout));
}

/** What could not be scanned weighs more than what was rejected: its verdict is not known. */
function exitStatus(skills: readonly ScannedSkill[], failing: readonly Verdict[]): number {
  if (skills.some(({ result }) => couldNotScan(result))) return EXIT.couldNotScan;
  return skills.some(({ result }) => failing.includes(result.verdict)) ? EXIT.rejected : EXIT.ok;
}
