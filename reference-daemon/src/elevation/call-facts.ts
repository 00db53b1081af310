import { createHash } from "node:crypto";

import type { CallFacts } from "@flynn/sdk/elevation-gate";
import { canonicalJson } from "@flynn/sdk/kernel";

import { printable } from "../text/printable.ts";
import { redactArguments } from "./redaction.ts";

const PREVIEW_LENGTH = 120;

/** Enough to know a secret by that begins within the preview. The rest of a long command line is not looked at: it is not shown. */
const LOOKED_AT = 1_000;

/** What two calls have in common that are the same call: sha256, in hex, over the canonical JSON of all facts. */
export function callDigestOf(call: CallFacts): string {
  return createHash("sha256").update(canonicalJson(call)).digest("hex");
}

/** The arguments for people who read the audit log: redacted first, cut after. */
export function callPreviewOf(call: CallFacts): { readonly preview: string; readonly redactions: number } {
  const { argv, redactions } = redactArguments(startOf(call.argv));
  const words = argv.map((word) => (/^[\w@%+=:,./[\]-]+$/u.test(word) ? word : JSON.stringify(word)));
  return { preview: printable(words.join(" "), PREVIEW_LENGTH), redactions };
}

function startOf(argv: readonly string[]): readonly string[] {
  const start: string[] = [];
  for (let at = 0, length = 0; at < argv.length && length < LOOKED_AT; at += 1) {
    const word = argv[at]?.slice(0, LOOKED_AT) ?? "";
    start.push(word);
    length += word.length + 1;
  }
  return start;
}
