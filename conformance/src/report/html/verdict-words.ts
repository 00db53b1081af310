import type { ContractReport } from "../report-schema.ts";

export interface VerdictWords {
  /** After which the name of the contract can follow where it is a claim. */
  readonly words: string;
  readonly sign: string;
  readonly tone: "good" | "bad" | "open";
}

export function verdictWords(run: ContractReport): VerdictWords {
  const verdict = VERDICTS[run.verdict];
  const partly = run.isFiltered && run.verdict !== "no-claim" ? " (only some rows were run)" : "";
  return { ...verdict, words: `${verdict.words}${partly}` };
}

/** The verdict with what it is about. */
export function verdictSentence(run: ContractReport): string {
  const isClaim = run.verdict === "conformant" || run.verdict === "not-conformant";
  if (!isClaim) return `${run.contract}: ${verdictWords(run).words}`;
  return `${VERDICTS[run.verdict].words} to ${run.contract}${run.isFiltered ? " (only some rows were run)" : ""}`;
}

const VERDICTS: Readonly<Record<ContractReport["verdict"], VerdictWords>> = {
  conformant: { words: "conformant", sign: "✓", tone: "good" },
  "not-conformant": { words: "not conformant", sign: "✕", tone: "bad" },
  "no-claim": { words: "no claim, only some rows were run, and they hold", sign: "–", tone: "open" },
  "nothing-ran": { words: "nothing ran, so there is no claim", sign: "○", tone: "bad" },
  "harness-error": { words: "no verdict, because the suite itself failed", sign: "⚑", tone: "bad" },
};
