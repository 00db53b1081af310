import { createHash } from "node:crypto";

import type { CallFacts } from "@flynn/sdk/elevation-gate";
import { canonicalJson } from "@flynn/sdk/kernel";

import { printable } from "../skills/printable.ts";
import { redactArguments } from "./redaction.ts";

const PREVIEW_LENGTH = 120;

/** What two calls have in common that are the same call: sha256, in hex, over the canonical JSON of all facts. */
export function callDigestOf(call: CallFacts): string {
  return createHash("sha256").update(canonicalJson(call)).digest("hex");
}

/** The arguments for people who read the audit log: redacted first, cut after. */
export function callPreviewOf(call: CallFacts): { readonly preview: string; readonly redactions: number } {
  const { argv, redactions } = redactArguments(call.argv);
  const words = argv.map((word) => (/^[\w@%+=:,./[\]-]+$/u.test(word) ? word : JSON.stringify(word)));
  return { preview: printable(words.join(" "), PREVIEW_LENGTH), redactions };
}
