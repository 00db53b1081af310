import type { Judgement, Match } from "../../text-rule.ts";

export const family = { category: "code", severity: "high", action: "reject", subject: "commands" } as const;

/** In a script it happens. In a text somebody reads it first: documentation of services and schedules is full of it. */
export const inText = ({ place }: Match): Judgement | null => (place.kind === "prose" || place.isComment ? { action: "warn" } : {});
