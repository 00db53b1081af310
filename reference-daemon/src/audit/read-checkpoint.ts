import type { AuditFile } from "./audit-file-system.ts";
import { isSystemError } from "./audit-log-error.ts";
import { checkpointPath, keyPath } from "./audit-paths.ts";
import { KEY_BYTES, LONGEST_CHECKPOINT_BYTES, claimedCheckpoint, isGenuine } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { readSmall } from "./read-file.ts";

export type FoundCheckpoint =
  | { readonly kind: "genuine"; readonly checkpoint: Checkpoint; readonly key: Buffer }
  /** `mayBeNew`: nothing of it contradicts a log that was never written to. */
  | { readonly kind: "useless"; readonly problem: string; readonly mayBeNew: boolean; readonly isNothingThere: boolean };

/** The checkpoint of a log, checked with its key. */
export async function readCheckpoint(folder: string, open: (path: string) => Promise<AuditFile>): Promise<FoundCheckpoint> {
  const key = await contentOf(keyPath(folder), KEY_BYTES, open);
  const content = await contentOf(checkpointPath(folder), LONGEST_CHECKPOINT_BYTES, open);
  const claimed = content?.bytes && claimedCheckpoint(content.bytes.toString("utf8"));
  if (!key) return withoutKey(content !== undefined, claimed);
  if (key.bytes?.length !== KEY_BYTES) return useless(`audit.key does not hold ${KEY_BYTES} bytes, so that audit.head cannot be checked`);
  if (!content) return useless("audit.head was removed: there is a key and no checkpoint, so that nothing says where the log ended");
  if (!claimed) return useless("audit.head is not a checkpoint: somebody else than the log wrote it");
  if (!isGenuine(key.bytes, claimed)) return useless("audit.head has a mac that audit.key does not give: one of them was changed");
  return { kind: "genuine", checkpoint: { seq: claimed.seq, hash: claimed.hash }, key: key.bytes };
}

/** The key is made last, so that a crash while a log is made leaves none, and nobody is locked out by it. */
function withoutKey(isThere: boolean, claimed: Checkpoint | undefined): FoundCheckpoint {
  const problem = isThere
    ? "audit.key was removed, so that audit.head cannot be checked"
    : "audit.key and audit.head were removed, so that nothing says where the log ended";
  return { kind: "useless", problem, mayBeNew: !isThere || claimed?.seq === 0, isNothingThere: !isThere };
}

function useless(problem: string): FoundCheckpoint {
  return { kind: "useless", problem, mayBeNew: false, isNothingThere: false };
}

/** Undefined where there is no such file; without `bytes` where it is too large. */
async function contentOf(
  path: string,
  most: number,
  open: (path: string) => Promise<AuditFile>,
): Promise<{ readonly bytes: Buffer | undefined } | undefined> {
  let file: AuditFile;
  try {
    file = await open(path);
  } catch (error) {
    if (isSystemError(error, "ENOENT")) return undefined;
    throw error;
  }
  try {
    return { bytes: await readSmall(file, most) };
  } finally {
    await file.close();
  }
}
