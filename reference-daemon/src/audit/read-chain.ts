import { verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditHead } from "@flynn/sdk/elevation-gate";

import type { AuditFile } from "./audit-file-system.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { LONGEST_LINE_BYTES, readEventLine } from "./event-line.ts";
import { linesFromStart } from "./lines-from-start.ts";

export interface ReadChain {
  /** The last event before the break, or before the end. */
  readonly head: AuditHead | null;
  /** Whether there is something after the last LF. */
  readonly isTorn: boolean;
  /** The first line, counted from 1, that does not continue the chain or is not what the checkpoint knows. */
  readonly broken?: { readonly line: number; readonly problem: string };
}

/** Follows the chain from the first line to the last, or to the first break. */
export async function readChain(file: AuditFile, checkpoint: Checkpoint | undefined): Promise<ReadChain> {
  let head: AuditHead | null = null;
  for await (const { bytes, isWhole } of linesFromStart(file)) {
    if (!isWhole && bytes.length <= LONGEST_LINE_BYTES) return { head, isTorn: true };
    const next = nextHead(bytes, head, checkpoint);
    if (typeof next === "string") return { head, isTorn: false, broken: { line: (head?.seq ?? 0) + 1, problem: next } };
    head = next;
  }
  return { head, isTorn: false };
}

/** A text says what is wrong with the line. */
function nextHead(bytes: Buffer, head: AuditHead | null, checkpoint: Checkpoint | undefined): AuditHead | string {
  const read = readEventLine(bytes);
  if ("problem" in read) return read.problem;
  const broken = verifyChain([read.event], head);
  if (broken) return broken.problem;
  const { seq, hash } = read.event;
  const isAsKnown = checkpoint?.seq !== seq || checkpoint.hash === hash;
  return isAsKnown ? { seq, hash } : "it is not the event that audit.head knows: events were written anew";
}
