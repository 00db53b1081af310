import type { Answer } from "./open-instance.ts";

const LONGEST = 200;

/** What a subject answered, in as many characters as fit into a message. */
export function shown(value: unknown): string {
  if (isAnswer(value) && !value.ok) return `the error ${value.error.code}: ${value.error.message}`;
  const text = JSON.stringify(isAnswer(value) && value.ok ? value.value : value) ?? String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

function isAnswer(value: unknown): value is Answer<unknown> {
  return typeof value === "object" && value !== null && "ok" in value;
}
