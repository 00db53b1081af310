import { CodedError } from "@flynn/sdk/kernel";

import { printable } from "../text/printable.ts";
import { EXIT } from "./exit-codes.ts";
import { write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

const LONGEST_MESSAGE = 2_000;

/** Tells why a log could not be read and gives the exit status for that; throws what is no error of the audit log. */
export async function tellAuditFault(error: unknown, { stderr }: CommandContext): Promise<number> {
  if (!CodedError.is(error)) throw error;
  await write(stderr, `flynn: ${printable(error.message, LONGEST_MESSAGE)}\n`);
  return error.code === "MISSING" ? EXIT.usage : EXIT.fault;
}
