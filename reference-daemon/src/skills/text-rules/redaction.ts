import { SECRET_FORMATS, SERVICE_FORMATS } from "./families/secrets/formats.ts";
import { ViewBuilder, plainView } from "./views/view.ts";
import type { View } from "./views/view.ts";

/** Every format at once, and what else is a credential by its looks. Over short texts only. */
const SECRETS: readonly RegExp[] = [
  ...[...Object.values(SECRET_FORMATS).flat(), ...SERVICE_FORMATS].map(({ pattern }) => new RegExp(pattern.source, "gu")),
  // The number of a bot stands before what gives its token away, and is a part of the token.
  /\d{8,10}:AA[A-Za-z0-9_-]{32,34}/gu,
  /[MNO][A-Za-z0-9_-]{23,27}\.[A-Za-z0-9_-]{6}\.[A-Za-z0-9_-]{27,38}/gu,
  /eyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/gu,
  /(?<=-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?-----)[^-]{20,}/gu,
  /(?<=:\/\/[^\s:/@]{1,64}:)[^\s/@]{4,128}(?=@)/gu,
  /(?<=(?:bearer|basic|token|password|passwd|secret|api[_-]?key)["']?[ \t]{0,4}[:= ][ \t]{0,4}["']?)[A-Za-z0-9+/_.~-]{16,}/giu,
];
/** What a shell or a program drops between the halves of a word: `a''b`, `a\b`, `"a" + "b"`. */
const JOINT = /(?<=[\w-])(?:["'`]{2}|["'`][ \t]{0,4}[+.][ \t]{0,4}["'`]|\\(?:\r?\n[ \t]{0,8})?)(?=[\w-])/gu;
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
  const spans = [plainView(around), joinedView(around)]
    .flatMap(secretsIn)
    .map((span) => ({ start: from + span.start, end: from + span.end }));
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

function secretsIn(view: View): readonly { readonly start: number; readonly end: number }[] {
  return SECRETS.flatMap((pattern) =>
    [...view.text.matchAll(pattern)].map(({ 0: found, index }) => ({
      start: view.sourceOffset(index),
      end: view.sourceOffset(index + found.length - 1) + 1,
    })),
  );
}

/** With the halves of each word put together. */
function joinedView(text: string): View {
  const builder = new ViewBuilder();
  let at = 0;
  for (const { 0: joint, index } of text.matchAll(JOINT)) {
    builder.add({ text: text.slice(at, index), source: at, isCopy: true });
    at = index + joint.length;
  }
  builder.add({ text: text.slice(at), source: at, isCopy: true });
  return builder.view("joined", false);
}

/** Enough to find it again, and no more than its format says anyway. */
export function mask(secret: string): string {
  return `${secret.slice(0, SHOWN_OF_SECRET)}…[${secret.length} characters]`;
}
