import { createHmac, timingSafeEqual } from "node:crypto";

import { AUDIT_GENESIS } from "@flynn/sdk/elevation-gate";
import type { AuditHead } from "@flynn/sdk/elevation-gate";
import { canonicalJson } from "@flynn/sdk/kernel";
import * as z from "zod";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/u);

/** How far the log had come: its last event then; `seq` 0 and the genesis hash before the first. */
const checkpointSchema = z.strictObject({ v: z.literal(1), seq: z.int().min(0), hash: sha256, mac: sha256 });
export type Checkpoint = Readonly<Pick<z.infer<typeof checkpointSchema>, "seq" | "hash">>;

export const KEY_BYTES = 32;
export const LONGEST_CHECKPOINT_BYTES = 4_096;

/** The content of `audit.head`: one line of JSON, `{ v: 1, seq, hash, mac }`. */
export function checkpointText(key: Buffer, head: AuditHead | null): string {
  const { seq, hash } = head ?? { seq: 0, hash: AUDIT_GENESIS };
  return `${JSON.stringify({ v: 1, seq, hash, mac: macOf(key, { seq, hash }).toString("hex") })}\n`;
}

/** What `audit.head` says, whoever wrote it; undefined where it is no checkpoint. */
export function claimedCheckpoint(text: string): (Checkpoint & { readonly mac: string }) | undefined {
  try {
    return checkpointSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Whether somebody with the key wrote it. */
export function isGenuine(key: Buffer, claimed: Checkpoint & { readonly mac: string }): boolean {
  return timingSafeEqual(macOf(key, claimed), Buffer.from(claimed.mac, "hex"));
}

/** HMAC-SHA256 over the canonical JSON of the checkpoint without its mac. */
function macOf(key: Buffer, { seq, hash }: Checkpoint): Buffer {
  return createHmac("sha256", key)
    .update(canonicalJson({ v: 1, seq, hash }))
    .digest();
}
