import { SECRET_FORMATS, SERVICE_FORMATS } from "./families/secrets/formats.ts";

/** Every format at once, and what else is a credential by its looks. Over short texts only. */
const SECRETS: readonly RegExp[] = [
  ...[...Object.values(SECRET_FORMATS).flat(), ...SERVICE_FORMATS].map(({ pattern }) => new RegExp(pattern.source, "gu")),
  /eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/gu,
  /(?<=-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?-----)[^-]{20,}/gu,
  /(?<=:\/\/[^\s:/@]{1,64}:)[^\s/@]{4,128}(?=@)/gu,
  /(?<=(?:bearer|basic|token|password|passwd|secret|api[_-]?key)["']?[ \t]{0,4}[:= ][ \t]{0,4}["']?)[A-Za-z0-9+/_.~-]{16,}/giu,
];
const AROUND = 2_100;
const SHOWN_OF_SECRET = 4;

export interface Redacted {
  readonly text: string;
  readonly isRedacted: boolean;
}

/**
 * The part of `text` from `start` to `end` with every credential in it replaced. It looks around the part as well, because a
 * credential that is cut short has lost the format that gives it away.
 */
export function redactedSlice(text: string, start: number, end: number): Redacted {
  const from = Math.max(0, start - AROUND);
  const around = text.slice(from, end + AROUND);
  const spans = SECRETS.flatMap((pattern) =>
    [...around.matchAll(pattern)].map(({ 0: found, index }) => ({ start: from + index, end: from + index + found.length })),
  );
  let shown = "";
  let at = start;
  let isRedacted = false;
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    if (span.end <= at || span.start >= end) continue;
    shown += text.slice(at, Math.max(at, span.start)) + mask(text.slice(span.start, span.end));
    isRedacted = true;
    at = Math.min(end, span.end);
  }
  return { text: shown + text.slice(at, end), isRedacted };
}

/** Enough to find it again, and no more than its format says anyway. */
export function mask(secret: string): string {
  return `${secret.slice(0, SHOWN_OF_SECRET)}…[${secret.length} characters]`;
}
