import { join, resolve } from "node:path";
import process from "node:process";

import { CodedError, SystemClock } from "@flynn/sdk/kernel";

import { isSystemError } from "../audit/audit-log-error.ts";
import { answerCommand } from "../commands/answer-command.ts";
import { configError } from "../config/config-error.ts";
import { configPlace } from "../config/config-place.ts";
import type { FlynnConfig } from "../config/config-schema.ts";
import { elevationPolicyOf } from "../config/elevation-policy.ts";
import { loadConfig } from "../config/load-config.ts";
import { isInWorkspace } from "../config/within-workspace.ts";
import { printable } from "../text/printable.ts";
import { localPrincipalId, localTerminalContext } from "../surfaces/local-terminal.ts";
import { workspaceProblem } from "../tools/executor/workspace.ts";
import { tellAuditFault } from "./audit-fault.ts";
import { ElevatedSession } from "./elevated-session.ts";
import { ElevationHost } from "./elevation-host.ts";
import { EXIT } from "./exit-codes.ts";
import { startProgramCall } from "./running-program.ts";
import { stateDirectory } from "./state-directory.ts";
import { write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

export interface ElevateCommandOptions {
  readonly config?: string;
  readonly stateDir?: string;
  readonly workspace?: string;
}

/** All absolute. */
interface Folders {
  readonly audit: string;
  readonly workspace: string;
}

const LONGEST_MESSAGE = 2_000;

/** `flynn elevate`. `misuse` ends the command as commander does for an unknown option. */
export async function elevateCommand(
  words: readonly string[],
  options: ElevateCommandOptions,
  context: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  const uid = process.getuid?.() ?? misuse("this system has no user ids to tell people apart by");
  const state = options.stateDir === undefined ? stateDirectory(context) : resolve(context.cwd, options.stateDir);
  if (state === undefined) misuse("there is no folder for the audit log; give --state-dir, or set FLYNN_STATE_DIR or HOME");
  const folders = { audit: join(state, "audit"), workspace: resolve(context.cwd, options.workspace ?? ".") };
  let config: FlynnConfig;
  try {
    config = await configOf(options, folders, context);
  } catch (error) {
    if (!CodedError.is(error)) throw error;
    await complain(error.message, context);
    return EXIT.usage;
  }
  const policy = elevationPolicyOf(config.elevation, localPrincipalId(uid));
  const firstLine = words.length === 0 ? undefined : `/elevate ${words.join(" ")}`;
  try {
    return await runSession({ policy, uid, folders, firstLine }, context);
  } catch (error) {
    // Whoever read the output of a program has gone, which ends the session as it ends a program in a pipe.
    if (isSystemError(error, "EPIPE")) return EXIT.ok;
    return await tellAuditFault(error, context);
  }
}

async function configOf(options: ElevateCommandOptions, { audit, workspace }: Folders, context: CommandContext): Promise<FlynnConfig> {
  const place = configPlace(options.config, context);
  const problem = workspaceProblem(workspace, { home: context.environment["HOME"], hidden: [audit] });
  if (problem !== undefined) await complain(`nothing runs in the sandbox: ${problem}`, context);
  else if (place && isInWorkspace(place.path, workspace)) {
    throw configError(
      "UNSAFE",
      `The configuration ${place.path} lies in the workspace ${workspace}, where programs in the sandbox write. Name another workspace.`,
    );
  }
  return await loadConfig(place);
}

interface Session {
  readonly policy: ReturnType<typeof elevationPolicyOf>;
  readonly uid: number;
  readonly folders: Folders;
  readonly firstLine: string | undefined;
}

async function runSession({ policy, uid, folders, firstLine }: Session, streams: CommandContext): Promise<number> {
  const { stdout, stderr, environment } = streams;
  const clock = new SystemClock();
  const context = localTerminalContext({ uid, stdin: streams.stdin, stdout });
  const host = await ElevationHost.open({ policy, clock, auditFolder: folders.audit, workspace: folders.workspace, environment });
  try {
    const { gate, executor } = host;
    const session = new ElevatedSession({
      streams,
      answer: (message) => answerCommand({ gate, context, message }),
      run: (argv) => startProgramCall(argv, { executor, context, cwd: folders.workspace, clock, stdout, stderr }),
    });
    return await session.run(firstLine);
  } finally {
    await host.close(context.sessionId);
  }
}

async function complain(problem: string, { stderr }: CommandContext): Promise<void> {
  await write(stderr, `flynn: ${printable(problem, LONGEST_MESSAGE)}\n`);
}
