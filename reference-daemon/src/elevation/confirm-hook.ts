import { hookAnswerSchema } from "@flynn/sdk/elevation-gate";
import type { HookPrompt } from "@flynn/sdk/elevation-gate";
import type { Clock } from "@flynn/sdk/kernel";

import type { Grant } from "./grant.ts";

/** Asks somebody else whether a grant may become active. */
export type ConfirmHook = (prompt: HookPrompt) => Promise<unknown>;

/** Whether the hook allows it: only the one right answer in time does. */
export async function isAllowedByHook(hook: ConfirmHook, grant: Grant, clock: Clock, timeoutMs: number): Promise<boolean> {
  const late = Promise.withResolvers<undefined>();
  using _timer = clock.setTimer(timeoutMs, () => late.resolve(undefined));
  try {
    const answer = hookAnswerSchema.safeParse(await Promise.race([hook(promptOf(grant)), late.promise]));
    return answer.success && answer.data.allow;
  } catch {
    return false;
  }
}

/** A frozen copy: what a hook does to it changes nothing. */
function promptOf({ grantId, context, tools, mode, ttlMs, reason }: Grant): HookPrompt {
  const { principalId, sessionId, agentId, surface } = context;
  const copy = Object.freeze([...tools]) as string[];
  return Object.freeze({ grantId, principalId, sessionId, agentId, surface, tools: copy, mode, ttlMs, reason });
}
