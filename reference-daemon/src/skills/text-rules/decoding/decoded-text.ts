import { isUtf8 } from "node:buffer";
import { gunzipSync, inflateSync } from "node:zlib";

import { findSignature } from "../../content/find-signature.ts";
import type { BinaryKind } from "../../content/signatures.ts";

/** What an encoded stretch holds. */
export type Decoded = { readonly text: string } | { readonly binary: BinaryKind };

const SHORTEST_TEXT = 6;
const MOST_INFLATED_BYTES = 1_048_576;

/** Text, or bytes of a type that is not text; null if it is neither, which is what most long words decode to. */
export function decodedFrom(bytes: Buffer): Decoded | null {
  const text = textIn(bytes) ?? textIn(inflated(bytes));
  if (text !== null) return { text };
  const signature = findSignature(bytes);
  return signature && bytes.length >= 16 ? { binary: signature.kind } : null;
}

function textIn(bytes: Buffer | null): string | null {
  if (bytes === null || bytes.length < SHORTEST_TEXT) return null;
  if (isUtf8(bytes)) return proseLike(bytes.toString("utf8"));
  return null;
}

/** UTF-16 without a mark is what PowerShell takes: every second byte of ASCII text is 0. */
function proseLike(text: string): string | null {
  if (text.length % 2 === 0 && /^(?:[\t\r\n -~]\0){3}/u.test(text)) {
    const narrow = text.replaceAll("\0", "");
    return narrow.length * 2 === text.length ? proseLike(narrow) : null;
  }
  return /^[^\0-\u0008\u000E-\u001A\u001C-\u001F\u007F]*$/u.test(text) && /\p{L}{2}/u.test(text) ? text : null;
}

function inflated(bytes: Buffer): Buffer | null {
  const unpack = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync : bytes[0] === 0x78 ? inflateSync : null;
  if (unpack === null) return null;
  try {
    return unpack(bytes, { maxOutputLength: MOST_INFLATED_BYTES });
  } catch {
    return null;
  }
}
