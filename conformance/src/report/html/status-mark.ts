import type { RowReport } from "../report-schema.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";

/** What a requirement came out as; the last is one that no case can show. */
export type ShownStatus = RowReport["status"] | "NOT_TESTABLE";

/** In the order in which they want attention. */
export const STATUSES = [
  "FAIL",
  "HARNESS_ERROR",
  "WARN",
  "INCONCLUSIVE",
  "NOT_RUN",
  "N/A",
  "PASS",
  "NOT_TESTABLE",
] as const satisfies readonly ShownStatus[];

const SIGNS: Readonly<Record<ShownStatus, string>> = {
  FAIL: "✕",
  HARNESS_ERROR: "⚑",
  WARN: "!",
  INCONCLUSIVE: "…",
  NOT_RUN: "○",
  "N/A": "–",
  PASS: "✓",
  NOT_TESTABLE: "∅",
};

/** The word, a sign and a colour, so that none of the three is needed. */
export function statusMark(status: ShownStatus): Markup {
  return html`<span class="mark ${statusClass(status)}"><span aria-hidden="true">${SIGNS[status]}</span> ${statusWords(status)}</span>`;
}

/** The name of a status as a class of the style sheet. */
export function statusClass(status: ShownStatus): string {
  return `is-${status.toLowerCase().replaceAll(/[^a-z]/gu, "-")}`;
}

export function statusWords(status: ShownStatus): string {
  return status.replace("_", " ");
}
