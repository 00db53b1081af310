import type { Requirement } from "@flynn/sdk/kernel";

import { defineCase } from "../src/judge/case.ts";
import type { CaseDefinition } from "../src/judge/case.ts";
import type { CaseResult, RowResult } from "../src/judge/results.ts";

/** A requirement of which only what a test is about needs to be said. */
export function row(id: string, members: Partial<Requirement> = {}): Requirement {
  return {
    id,
    level: "MUST",
    since: "1.0.0",
    text: `What ${id} asks of an implementation.`,
    why: "Because of a test.",
    source: { doc: "test", anchor: "test" },
    uses: ["ask"],
    hint: `Do what ${id} says.`,
    ...members,
  };
}

export function caseOf(requirement: string, members: Partial<CaseDefinition> = {}): CaseDefinition {
  const title = `looks at ${requirement}`;
  return defineCase({
    id: `${requirement}/test`,
    requirement,
    title,
    isolation: "shared",
    expects: ["holds"],
    run: async () => undefined,
    ...members,
  });
}

export function caseResult(id: string, members: Partial<CaseResult> = {}): CaseResult {
  return { id, title: `looks at ${id}`, status: "PASS", durationMs: 1, checks: [], notes: [], ...members };
}

export function rowResult(id: string, members: Partial<RowResult> & { readonly row?: Partial<Requirement> } = {}): RowResult {
  const { row: own, ...rest } = members;
  return { requirement: row(id, own), status: "PASS", cases: [], ...rest };
}
