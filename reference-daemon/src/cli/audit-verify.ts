import { verifyLog } from "../audit/verify-log.ts";
import type { LogVerdict } from "../audit/verify-log.ts";
import { printable } from "../text/printable.ts";
import { asciiJson } from "./ascii-json.ts";
import { auditDirectory } from "./audit-directory.ts";
import { tellAuditFault } from "./audit-fault.ts";
import { EXIT } from "./exit-codes.ts";
import { stylerFor, write } from "./streams.ts";
import type { CommandContext, Style, Styler } from "./streams.ts";

export interface VerifyCommandOptions {
  readonly dir?: string;
  readonly json?: true;
}

const STATUS: Readonly<Record<LogVerdict["status"], { readonly style: Style; readonly exit: number }>> = {
  intact: { style: "green", exit: EXIT.ok },
  broken: { style: "red", exit: EXIT.auditBroken },
  truncated: { style: "red", exit: EXIT.auditTruncated },
};
const LONGEST_FOLDER = 400;

/** `flynn audit verify`. `misuse` ends the command as commander does for an unknown option. */
export async function verifyCommand(
  options: VerifyCommandOptions,
  context: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  const folder = auditDirectory(options.dir, context, misuse);
  let result: LogVerdict;
  try {
    result = await verifyLog(folder);
  } catch (error) {
    return await tellAuditFault(error, context);
  }
  const document = { schema: "flynn-audit-verify/1", folder, result };
  await write(context.stdout, options.json ? asciiJson(document) : textOf(result, folder, stylerFor(context.stdout)));
  return STATUS[result.status].exit;
}

function textOf(result: LogVerdict, folder: string, style: Styler): string {
  const status = style(STATUS[result.status].style, result.status);
  return `${status}  ${printable(folder, LONGEST_FOLDER)}  ${printable(detailOf(result), LONGEST_FOLDER)}\n`;
}

function detailOf(result: LogVerdict): string {
  switch (result.status) {
    case "intact":
      return result.head ? `${counted(result.events)}, the last with the hash ${result.head.hash}` : "no events yet";
    case "broken":
      return result.line === null ? result.problem : `line ${result.line}: ${result.problem}`;
    case "truncated":
      return `after ${counted(result.events)}, number ${result.expectedSeq} should be there: ${result.problem}`;
  }
}

function counted(events: number): string {
  return `${events} event${events === 1 ? "" : "s"}`;
}
