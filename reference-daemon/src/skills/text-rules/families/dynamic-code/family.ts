import type { Judgement, Match } from "../../text-rule.ts";

export const family = {
  category: "code",
  severity: "medium",
  action: "warn",
  subject: "commands",
  reasonCode: "suspicious.dynamic_code_execution",
} as const;

/** Text of a manual may name such calls; a fence shows code that somebody runs. */
export const inCode = ({ place }: Match): Judgement | null =>
  place.kind === "script" || place.isInFence || place.kind === "markup" ? {} : null;
