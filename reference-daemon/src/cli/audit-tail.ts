import type { AuditEvent } from "@flynn/sdk/elevation-gate";

import { tailLog } from "../audit/tail-log.ts";
import type { TailEntry } from "../audit/tail-log.ts";
import { printable } from "../text/printable.ts";
import { asciiJson } from "./ascii-json.ts";
import { auditDirectory } from "./audit-directory.ts";
import { tellAuditFault } from "./audit-fault.ts";
import { EXIT } from "./exit-codes.ts";
import { write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

export interface TailCommandOptions {
  readonly dir?: string;
  /** How many lines. */
  readonly count: number;
  readonly json?: true;
}

/** `flynn audit tail`. `misuse` ends the command as commander does for an unknown option. */
export async function tailCommand(
  options: TailCommandOptions,
  context: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  const folder = auditDirectory(options.dir, context, misuse);
  let entries: TailEntry[];
  try {
    entries = await tailLog(folder, options.count);
  } catch (error) {
    return await tellAuditFault(error, context);
  }
  const document = { schema: "flynn-audit-tail/1", folder, entries };
  await write(context.stdout, options.json ? asciiJson(document) : entries.map((entry) => `${lineOf(entry)}\n`).join(""));
  return EXIT.ok;
}

function lineOf(entry: TailEntry): string {
  return "event" in entry ? eventText(entry.event) : `not readable: ${entry.problem}  ${printable(entry.text)}`;
}

/** What comes from a person is quoted, so that it cannot pass for another member. */
function eventText({ ts, type, principalId, tool, preview, ttlMs, reason, cause }: AuditEvent): string {
  const members = [
    principalId === null ? "-" : printable(principalId),
    ...(tool === null ? [] : [`tool=${printable(tool)}`]),
    ...(preview === null ? [] : [`call=${quoted(preview)}`]),
    ...(ttlMs === null ? [] : [`ttl=${ttlMs / 1_000}s`]),
    ...(reason === null ? [] : [`reason=${quoted(reason)}`]),
    ...(cause === null ? [] : [`cause=${quoted(cause)}`]),
  ];
  return [ts, type, ...members].join("  ");
}

function quoted(text: string): string {
  return `"${printable(text).replaceAll('"', "'")}"`;
}
