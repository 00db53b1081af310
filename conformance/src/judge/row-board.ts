import type { Requirement } from "@flynn/sdk/kernel";

import type { CaseDefinition } from "./case.ts";
import type { CaseResult, RowResult } from "./results.ts";
import { worst } from "./status.ts";
import type { RowStatus } from "./status.ts";
import { isWireRow } from "./wire-row.ts";

/** Rows of which one did not pass keep what stands on it from being judged. */
const STANDING: readonly RowStatus[] = ["PASS", "N/A"];

interface Row {
  readonly requirement: Requirement;
  readonly cases: readonly CaseDefinition[];
  readonly results: Map<string, CaseResult>;
  readonly after: readonly string[];
  decided?: Omit<RowResult, "requirement" | "cases">;
}

/** Which rows are decided, which case may run next, and how each row stands. */
export class RowBoard {
  readonly #rows = new Map<string, Row>();
  readonly #queue: CaseDefinition[] = [];
  readonly #started = new Set<Row>();

  /** `root` is the row that everything else stands on. `flags` are what the subject declared. */
  constructor(
    requirements: readonly Requirement[],
    cases: readonly CaseDefinition[],
    root: string,
    flags: Readonly<Record<string, boolean>>,
  ) {
    for (const requirement of requirements) {
      const own = cases.filter((definition) => definition.requirement === requirement.id);
      const after = requirement.id === root ? [] : [root, ...(requirement.after ?? [])];
      this.#rows.set(requirement.id, { requirement, cases: own, results: new Map(), after });
    }
    for (const row of this.#rows.values()) {
      if (isOutOfScope(row.requirement, flags)) row.decided = { status: "N/A", reason: scopeReason(row.requirement) };
    }
    this.#advance();
  }

  /** A case that may run now, or undefined. */
  next(): CaseDefinition | undefined {
    return this.#queue.shift();
  }

  settle(result: CaseResult, definition: CaseDefinition): void {
    const row = this.#row(definition.requirement);
    row.results.set(result.id, result);
    if (row.results.size === row.cases.length) {
      row.decided = decided([...row.results.values()], row.requirement);
      this.#advance();
    }
  }

  get isDone(): boolean {
    return [...this.#rows.values()].every((row) => row.decided !== undefined);
  }

  results(): readonly RowResult[] {
    return [...this.#rows.values()].map((row) => {
      const cases = row.cases.flatMap((definition) => row.results.get(definition.id) ?? []);
      return { requirement: row.requirement, cases, ...(row.decided ?? { status: "NOT_RUN", reason: "The run ended before it." }) };
    });
  }

  #advance(): void {
    for (let hasChanged = true; hasChanged;) {
      hasChanged = false;
      for (const row of this.#rows.values()) {
        if (row.decided || this.#started.has(row)) continue;
        const before = row.after.flatMap((id) => this.#rows.get(id) ?? []);
        const broken = before.find((other) => other.decided && !STANDING.includes(other.decided.status));
        if (broken) {
          const id = broken.requirement.id;
          row.decided = { status: "INCONCLUSIVE", blockedBy: id, reason: `It stands on ${id}, which is ${broken.decided?.status}.` };
          hasChanged = true;
        } else if (before.every((other) => other.decided)) {
          hasChanged = this.#start(row) || hasChanged;
        }
      }
    }
  }

  #start(row: Row): boolean {
    this.#started.add(row);
    this.#queue.push(...row.cases);
    if (row.cases.length > 0) return false;
    // WIRE rows without a case are judged at the end, from all that the sessions showed.
    row.decided = isWireRow(row.requirement) ? { status: "PASS" } : { status: "NOT_RUN", reason: "The suite has no case for it." };
    return true;
  }

  #row(id: string): Row {
    const row = this.#rows.get(id);
    if (!row) throw new Error(`There is no row ${id}`);
    return row;
  }
}

function decided(results: readonly CaseResult[], requirement: Requirement): Omit<RowResult, "requirement" | "cases"> {
  const status = worst(results.map((result) => result.status));
  const decisive = results.find((result) => result.status === status);
  const blockedBy = status === "INCONCLUSIVE" ? decisive?.blockedBy : undefined;
  const isHostLimit = status === "NOT_RUN" && results.every((result) => result.status === "PASS" || result.isHostLimit);
  return {
    status: status === "FAIL" && requirement.level === "SHOULD" ? "WARN" : status,
    ...(blockedBy === undefined ? {} : { blockedBy }),
    ...(isHostLimit ? { isHostLimit: true } : {}),
    ...(decisive?.reason === undefined ? {} : { reason: decisive.reason }),
  };
}

/** Out of scope: an undeclared capability's own rows, and the refusal rows of a declared one. */
function isOutOfScope({ flag }: Requirement, flags: Readonly<Record<string, boolean>>): boolean {
  if (flag === undefined) return false;
  return flag.startsWith("!") ? flags[flag.slice(1)] === true : flags[flag] !== true;
}

function scopeReason({ flag = "" }: Requirement): string {
  return flag.startsWith("!") ? `The subject declares ${flag.slice(1)}.` : `The subject does not declare ${flag}.`;
}
