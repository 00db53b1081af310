import { parseElevateCommand, renderElevationReply, renderSyntaxProblem } from "@flynn/sdk/elevation-gate";
import type { ElevateCommand, ElevationGate, ElevationGateErrorCode, ElevationReply, TrustedContext } from "@flynn/sdk/elevation-gate";
import { CodedError } from "@flynn/sdk/kernel";

import { printable } from "../text/printable.ts";
import { CommandAnswer } from "./command-answer.ts";
import type { CommandAnswerMembers } from "./command-answer.ts";

export type CommandGate = Pick<ElevationGate, "request" | "confirm" | "deny" | "revoke" | "status">;

/** One whole message, and where it comes from. */
export interface CommandMessage {
  readonly gate: CommandGate;
  readonly context: TrustedContext;
  readonly message: string;
}

const NOTHING = { grants: [], limits: null, attemptsLeft: null, retryAfterMs: null };
const INVALID_REQUEST: ElevationGateErrorCode = "INVALID_REQUEST";

/**
 * The one way from a message to the gate, for every surface; undefined for ordinary text. Nothing is decided here: the grammar
 * says what is a command, and the gate what becomes of it. Rejects with what the gate fails with, except `INVALID_REQUEST`: that
 * it does not take the arguments is an answer.
 */
export async function answerCommand({ gate, context, message }: CommandMessage): Promise<CommandAnswer | undefined> {
  const command = parseElevateCommand(message);
  if (command === undefined) return undefined;
  if (command.kind === "syntax") return notUnderstood(command.problem);
  try {
    return new CommandAnswer(await carryOut(command, gate, context));
  } catch (error) {
    if (!CodedError.is(error) || error.code !== INVALID_REQUEST) throw error;
    return notUnderstood(`the gate does not take it (${printable(error.message)})`);
  }
}

async function carryOut(
  command: Exclude<ElevateCommand, { kind: "syntax" }>,
  gate: CommandGate,
  context: TrustedContext,
): Promise<CommandAnswerMembers> {
  switch (command.kind) {
    case "request": {
      const { ttlMs, reason, mode, tools } = command;
      const reply = await gate.request(context, { ttlMs, reason, mode, ...(tools ? { tools: [...tools] } : {}) });
      return { ...membersOf(reply), challenge: reply.challenge };
    }
    case "confirm":
      return membersOf(await gate.confirm(context, command.code));
    case "deny":
      return membersOf(await gate.deny(context));
    case "revoke":
      return membersOf(await gate.revoke(context, command.target));
    case "status":
      return membersOf(await gate.status(context));
  }
}

/** Member by member: the reply to a request holds the code too. */
function membersOf(reply: ElevationReply): CommandAnswerMembers {
  const { code, grants, limits, attemptsLeft, retryAfterMs } = reply;
  return { code, text: renderElevationReply(reply), data: { grants, limits, attemptsLeft, retryAfterMs } };
}

function notUnderstood(problem: string): CommandAnswer {
  return new CommandAnswer({ code: "E_SYNTAX", text: renderSyntaxProblem(problem), data: NOTHING });
}
