import { createHash } from "node:crypto";

import type { Violation } from "../wire/violation.ts";
import type { CheckResult } from "./results.ts";

/** Of a text that was cut, only so much: where it was cut depends on the length of what stood before. */
const SURE_OF_A_CUT_TEXT = 60;

const ANY = "<any>";

const LENGTH = 12;

/**
 * Names one way to fail: the check that did not hold, and what came in its place, without what the seed, the machine or the
 * clock put into the message. Two runs with other seeds that fail the same way have the same fingerprint.
 */
export function failureFingerprint(
  checks: readonly Pick<CheckResult, "name" | "holds" | "got">[],
  reason: string | undefined,
  madeUp: ReadonlySet<string>,
): string {
  const failed = checks.find(({ holds }) => !holds);
  return hashed(`${failed?.name ?? ""}\0${withoutChance(failed?.got ?? reason ?? "", madeUp)}`);
}

/**
 * The same for what sessions showed: where it was seen, and the beginning of what was seen there, which says what kind of thing it
 * is. One more place, or one less, is another failure.
 */
export function violationFingerprint(violations: readonly Pick<Violation, "did" | "got">[]): string {
  const seen = violations.map(({ did, got }) => `${did}\0${withoutChance(got.split(/[:,\n]/u, 1)[0] ?? "", new Set())}`);
  return hashed([...new Set(seen)].toSorted().join("\n"));
}

function hashed(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, LENGTH);
}

/** Longer texts first, because a short one may be part of them. */
function withoutChance(text: string, madeUp: ReadonlySet<string>): string {
  const named = [...madeUp]
    .toSorted((a, b) => b.length - a.length)
    .filter((word) => word.length > 2)
    .reduce((rest, word) => rest.replaceAll(word, ANY), text);
  const plain = named
    // Identifiers that a subject makes up: of mixed case, where a code or a word would be of one.
    .replaceAll(/:"(?=[^"]*[a-z])(?=[^"]*[A-Z])[^"\s]{8,}"/gu, `:"${ANY}"`)
    .replaceAll(/(?<![\w/])\/[\w./-]+/gu, "<path>")
    .replaceAll(/\b[\w+/-]*\d[\w+/=-]*/gu, ANY)
    .replaceAll(/(?:<any>[\s,:;.-]*)+/gu, ANY);
  const cut = plain.indexOf("…");
  return cut === -1 ? plain : plain.slice(0, Math.min(cut, SURE_OF_A_CUT_TEXT));
}
