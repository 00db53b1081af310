import type { Requirement } from "@flynn/sdk/kernel";

import type { RowResult } from "./results.ts";
import { isWireRow } from "./wire-row.ts";

/** The row that every other one stands on. */
export const ROOT_ROW = "WIRE-001";

/** What was asked for, and what stands in its way: a row that waits says nothing without the one that it waits for. */
export function withBlockers(selected: readonly RowResult[], judged: readonly RowResult[]): ReadonlySet<RowResult> {
  const shown = new Set(selected);
  // A set goes on with what is added to it on the way.
  for (const row of shown) {
    const blocker = judged.find((other) => other.requirement.id === row.blockedBy);
    if (blocker && blocker.status !== "PASS") shown.add(blocker);
  }
  return shown;
}

/** Rows that are judged from all that the sessions show need sessions that show something. */
export function withPrerequisites(selected: readonly Requirement[], all: readonly Requirement[]): readonly Requirement[] {
  if (selected.some(isWireRow)) return all;
  const needed = new Set<string>([ROOT_ROW]);
  const need = (row: Requirement): void => {
    if (needed.has(row.id) && row.id !== ROOT_ROW) return;
    needed.add(row.id);
    for (const other of all) if (row.after?.includes(other.id)) need(other);
    for (const other of all) if (row.flag !== undefined && other.flag === `!${row.flag}`) need(other);
  };
  for (const row of selected) need(row);
  return all.filter((row) => needed.has(row.id));
}
