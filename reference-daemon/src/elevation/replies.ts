import type { ElevationReply, ReplyCode } from "@flynn/sdk/elevation-gate";
import type { ClockReading } from "@flynn/sdk/kernel";

import type { Grant } from "./grant.ts";

/** A reply with all its members. */
export function replyOf(
  code: ReplyCode,
  about: { readonly grants?: readonly Grant[]; readonly reading?: ClockReading } & Partial<Omit<ElevationReply, "code" | "grants">> = {},
): ElevationReply {
  const { grants = [], reading, limits = null, attemptsLeft = null, retryAfterMs = null } = about;
  return { code, grants: reading ? grants.map((grant) => grant.view(reading)) : [], limits, attemptsLeft, retryAfterMs };
}
