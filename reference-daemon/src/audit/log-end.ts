import { verifyChain } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, AuditHead } from "@flynn/sdk/elevation-gate";

import type { AuditFile } from "./audit-file-system.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { LONGEST_LINE_BYTES, readEventLine } from "./event-line.ts";
import { linesFromEnd } from "./lines-from-end.ts";

/** Where a log ends. */
export interface LogEnd {
  readonly head: AuditHead | null;
  /** In bytes, up to the last LF. */
  readonly length: number;
  /** What is after the last LF: the start of an event that was being written. */
  readonly torn: Buffer;
}

/**
 * Reads back to the event of the checkpoint, which is mostly the last one, and checks all that came after it. A text says why
 * the log cannot be gone on with.
 */
export async function readLogEnd(file: AuditFile, size: number, checkpoint: Checkpoint): Promise<LogEnd | string> {
  let torn: Buffer = Buffer.alloc(0);
  let last: AuditEvent | undefined;
  let next: AuditEvent | undefined;
  for await (const { bytes, isWhole } of linesFromEnd(file, size)) {
    if (!isWhole) {
      if (bytes.length > LONGEST_LINE_BYTES) return `its last line is longer than ${LONGEST_LINE_BYTES} bytes`;
      torn = bytes;
      continue;
    }
    const read = readEventLine(bytes);
    if ("problem" in read) return `a line near its end is damaged: ${read.problem}`;
    const problem = linkProblem(read.event, next) ?? checkpointProblem(read.event, last === undefined, checkpoint);
    if (problem !== undefined) return problem;
    last ??= read.event;
    next = read.event;
    if (next.seq === checkpoint.seq) break;
  }
  const problem = startProblem(next, checkpoint);
  if (problem !== undefined) return problem;
  return { head: last ? { seq: last.seq, hash: last.hash } : null, length: size - torn.length, torn };
}

/** About the earliest event that was read. */
function startProblem(first: AuditEvent | undefined, checkpoint: Checkpoint): string | undefined {
  if (first === undefined) return checkpoint.seq === 0 ? undefined : tooShort(0, checkpoint);
  const isComplete = first.seq === Math.max(checkpoint.seq, 1);
  return isComplete ? undefined : `it starts with the event ${first.seq}: what was before it was removed`;
}

function linkProblem(event: AuditEvent, next: AuditEvent | undefined): string | undefined {
  const before = event.seq === 1 ? null : { seq: event.seq - 1, hash: event.prevHash };
  const broken = verifyChain([event], before);
  if (broken) return `the event ${event.seq} is damaged: ${broken.problem}`;
  const isFollowed = next === undefined || (next.seq === event.seq + 1 && next.prevHash === event.hash);
  return isFollowed ? undefined : `the event ${event.seq} is not followed by the one that was written after it`;
}

function checkpointProblem(event: AuditEvent, isLast: boolean, checkpoint: Checkpoint): string | undefined {
  if (isLast && event.seq < checkpoint.seq) return tooShort(event.seq, checkpoint);
  const isOther = event.seq === checkpoint.seq && event.hash !== checkpoint.hash;
  return isOther ? `the event ${event.seq} is not the one that the checkpoint knows` : undefined;
}

function tooShort(seq: number, checkpoint: Checkpoint): string {
  return `it ends at ${seq} and had come to ${checkpoint.seq}: its end was cut off`;
}
