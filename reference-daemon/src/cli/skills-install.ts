import { join, resolve } from "node:path";

import type { ScanResult } from "@flynn/sdk/skill-scanner";

import type { InstallOutcome, InstallRefusalCode, RefusedInstall } from "../skills/installing/install-outcome.ts";
import { installSkill } from "../skills/installing/install-skill.ts";
import { printable } from "../text/printable.ts";
import { couldNotScan } from "./could-not-scan.ts";
import { EXIT } from "./exit-codes.ts";
import { LineReader } from "./line-reader.ts";
import { textReport } from "./report-text.ts";
import { judgingRequest, policyFrom, scannerFor } from "./skill-policy-option.ts";
import type { JudgingOptions } from "./skill-policy-option.ts";
import { stateDirectory } from "./state-directory.ts";
import { stylerFor, tellProblem, write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

export interface InstallCommandOptions extends JudgingOptions {
  readonly to?: string;
  readonly yesToWarnings?: true;
  readonly force?: true;
}

const STATUS: Readonly<Record<InstallRefusalCode, number>> = {
  REJECTED: EXIT.rejected,
  WARNINGS: EXIT.rejected,
  UNSAFE_NAME: EXIT.rejected,
  UNSAFE_ARCHIVE: EXIT.rejected,
  EXISTS: EXIT.usage,
  UNREADABLE: EXIT.couldNotScan,
  CHANGED: EXIT.couldNotScan,
};
const LONGEST_FOLDER = 400;

/** `flynn skills install`. `misuse` ends the command as commander does for an unknown option. */
export async function installCommand(
  source: string,
  options: InstallCommandOptions,
  context: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  const to = destination(options, context) ?? misuse("there is no folder for skills; give --to, or set FLYNN_STATE_DIR or HOME");
  const policy = await policyFrom(options, [source], context);
  if (policy === null) return EXIT.usage;
  const request = judgingRequest(options, policy, misuse);
  const interrupt = new AbortController();
  const { signal } = interrupt;
  const stopListening = context.onInterrupt(() => interrupt.abort());
  const shown = new Set<ScanResult>();
  const show = async (result: ScanResult): Promise<void> => {
    if (!shown.has(result)) await write(context.stdout, textReport([{ folder: source, result }], stylerFor(context.stdout)));
    shown.add(result);
  };
  const acceptWarnings = async (result: ScanResult): Promise<boolean> => {
    await show(result);
    return options.yesToWarnings === true || (await saysYes(context, signal));
  };
  try {
    const scanner = scannerFor(policy, context);
    const { skillFiles } = context;
    const outcome = await installSkill(resolve(context.cwd, source), {
      to,
      scanner,
      request,
      force: options.force === true,
      acceptWarnings,
      signal,
      ...(skillFiles === undefined ? {} : { fileSystem: skillFiles }),
    });
    // Whoever interrupted the question has not answered it.
    if (outcome.kind === "refused" && signal.aborted) return EXIT.interrupted;
    return await tellOutcome(outcome, show, context);
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    stopListening();
  }
}

function destination({ to }: InstallCommandOptions, context: CommandContext): string | undefined {
  if (to !== undefined) return resolve(context.cwd, to);
  const state = stateDirectory(context);
  return state === undefined ? undefined : join(state, "skills");
}

async function tellOutcome(outcome: InstallOutcome, show: (result: ScanResult) => Promise<void>, context: CommandContext): Promise<number> {
  if (outcome.kind === "refused") {
    if (outcome.result !== null) await show(outcome.result);
    await tellProblem(`not installed. ${outcome.message}`, context);
    return statusOf(outcome);
  }
  const { folder, digest, isReplacement, result } = outcome;
  await show(result);
  const done = stylerFor(context.stdout)("green", isReplacement ? "replaced" : "installed");
  await write(context.stdout, `${done}  ${printable(folder, LONGEST_FOLDER)}\n  tree digest  sha256:${digest}\n`);
  return EXIT.ok;
}

function statusOf({ code, result }: RefusedInstall): number {
  return code === "REJECTED" && result !== null && couldNotScan(result) ? EXIT.couldNotScan : STATUS[code];
}

/** Only a person at a terminal is asked. */
async function saysYes({ stdin, stdout }: CommandContext, signal: AbortSignal): Promise<boolean> {
  if (stdout.isTTY !== true || stdin.isTTY !== true) return false;
  await write(stdout, "Type yes to install it all the same: ");
  const reader = new LineReader(stdin);
  const close = (): void => reader.close();
  signal.addEventListener("abort", close, { once: true });
  try {
    return !signal.aborted && (await reader.next())?.trim() === "yes";
  } finally {
    signal.removeEventListener("abort", close);
    reader.close();
  }
}
