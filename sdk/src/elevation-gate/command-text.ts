import type { ElevationReply, GrantView, HookPrompt, ReplyCode } from "./schema.ts";

/**
 * The one text of a reply, the same on every surface. The code of a pending request is not in it: the surface shows that to
 * the principal by itself.
 */
export function renderElevationReply(reply: ElevationReply): string {
  const [first] = reply.grants;
  switch (reply.code) {
    case "OK_PENDING":
      return first
        ? `Asked for HOST execution: ${describeGrant(first)}. Confirm within ${duration(first.remainingMs)} with /elevate confirm and the code; /elevate deny withdraws it.`
        : SENTENCES.OK_PENDING;
    case "OK_ACTIVE":
      return first
        ? `HOST execution is on for ${duration(first.remainingMs)}: ${describeGrant(first)}. /elevate revoke ends it.`
        : SENTENCES.OK_ACTIVE;
    case "OK_REVOKED":
      return first ? `${count(reply.grants.length, "grant")} ended. ${STOPPED}` : SENTENCES.OK_REVOKED;
    case "OK_STATUS":
      return reply.grants.length === 0 ? "Not elevated. Calls run in the sandbox." : reply.grants.map(statusLine).join("\n");
    case "E_TTL_RANGE":
      return reply.limits
        ? `The time must be from 1 s to ${duration(wholeSeconds(reply.limits.maxTtlMs))}. Nothing changed.`
        : SENTENCES.E_TTL_RANGE;
    case "E_TOOL":
      return `There is no such tool to ask for; there is ${reply.limits?.tools.join(", ") || "none"}. Nothing changed.`;
    case "E_CODE":
      return reply.attemptsLeft === 0
        ? "That was not the code, and it was the last attempt. The request is over."
        : `${SENTENCES.E_CODE} ${count(reply.attemptsLeft ?? 0, "attempt")} left.`;
    case "E_LOCKED":
      return `Too many wrong codes. Try again in ${duration(reply.retryAfterMs ?? 0)}.`;
    case "OK_DENIED":
    case "E_DISABLED":
    case "E_ORIGIN":
    case "E_SURFACE":
    case "E_NOT_ALLOWED":
    case "E_REASON":
    case "E_ALREADY_ACTIVE":
    case "E_NO_PENDING":
    case "E_EXPIRED":
    case "E_HOOK":
    case "E_NO_GRANT":
    case "E_AUDIT_UNAVAILABLE":
      return SENTENCES[reply.code];
  }
}

/** What a person is asked to confirm, from the facts of the request alone. */
export function renderHookPrompt(prompt: HookPrompt): string {
  const { tools, mode, ttlMs, reason, principalId, sessionId, agentId, surface } = prompt;
  return `HOST execution: ${describeGrant({ tools, mode, ttlMs, reason })}, for ${quoted(principalId)} in session ${quoted(sessionId)} of agent ${quoted(agentId)}, asked on ${surface}.`;
}

/** The answer to a message that wants to be a command and is none. */
export function renderSyntaxProblem(problem: string): string {
  return `Not understood: ${problem}. Nothing changed.`;
}

/** Of one grant; others may be active. */
const STOPPED = "What ran under it is stopped, and nothing new starts under it.";

const SENTENCES: Readonly<Record<ReplyCode, string>> = {
  OK_PENDING: "Asked for HOST execution.",
  OK_ACTIVE: "HOST execution is on.",
  OK_DENIED: "The request is withdrawn. Calls run in the sandbox.",
  OK_REVOKED: `Ended. ${STOPPED}`,
  OK_STATUS: "Not elevated. Calls run in the sandbox.",
  E_DISABLED: "Elevation is switched off here. An operator switches it on with elevation.enabled in the configuration.",
  E_ORIGIN: "Only a person may do this, on a surface that shows who it is.",
  E_SURFACE: "Not from here: others read along, or nobody could answer. Ask in a terminal or in a direct message.",
  E_NOT_ALLOWED: "This principal or this agent may not be elevated. The operator's policy names those that may.",
  E_TTL_RANGE: "The time is out of range. Nothing changed.",
  E_REASON: "The reason must be one line of 3 to 200 printable characters, without invisible or direction-changing ones. Nothing changed.",
  E_TOOL: "There is no such tool to ask for. Nothing changed.",
  E_ALREADY_ACTIVE: "There is a grant already, and it is not made longer. /elevate revoke ends it; then ask again.",
  E_NO_PENDING: "Nothing waits for a code.",
  E_CODE: "That is not the code of the request that waits.",
  E_LOCKED: "Too many wrong codes. Try again later.",
  E_EXPIRED: "The request waited too long for its code. Ask again.",
  E_HOOK: "A confirmation hook did not allow it. The request is over.",
  E_NO_GRANT: "There is no grant to end.",
  E_AUDIT_UNAVAILABLE: "It could not be written to the audit log, so it did not happen. Look at the disk and the log, then try again.",
};

function describeGrant({ tools, mode, ttlMs, reason }: Pick<GrantView, "tools" | "mode" | "ttlMs" | "reason">): string {
  const calls = mode === "once" ? "one call" : "any number of calls";
  return `tools ${tools.join(", ")}, ${calls}, ${duration(ttlMs)}, reason: ${quoted(reason)}`;
}

function statusLine(grant: GrantView): string {
  const { state, grantId, sessionId, agentId, remainingMs } = grant;
  const what = state === "active" ? "HOST execution is on" : "Waits for its code";
  return `${what} for ${duration(remainingMs)} more: ${describeGrant(grant)} (${grantId}, session ${quoted(sessionId)}, agent ${quoted(agentId)})`;
}

/** Rounded up, so that what is left is never told as nothing. */
function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 3_600), "h"],
    [Math.floor((seconds % 3_600) / 60), "min"],
    [seconds % 60, "s"],
  ] as const;
  const shown = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return shown.join(" ") || "0 s";
}

/** What is allowed at most is not to be told as more. */
function wholeSeconds(ms: number): number {
  return ms - (ms % 1_000);
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** What somebody chose, marked off from what is said about it. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "?");
}
