import type { Requirement } from "@flynn/sdk/kernel";
import type { ContractDefinition } from "@flynn/sdk/wire";

/** The MUST of a contract on which most others stand, directly or not: the one to begin with. */
export function rootRequirement({ requirements }: Pick<ContractDefinition, "requirements">): Requirement | undefined {
  const candidates = requirements.filter((row) => row.level === "MUST" && row.flag === undefined && row.untestable === undefined);
  const counted = candidates.map((row) => ({ row, standing: requirements.filter((other) => standsOn(other, row, requirements)).length }));
  // A stable sort, so that of equals the first row comes first.
  return counted.toSorted((a, b) => b.standing - a.standing)[0]?.row;
}

function standsOn(row: Requirement, root: Requirement, requirements: readonly Requirement[]): boolean {
  return (row.after ?? []).some((id) => {
    const before = requirements.find((other) => other.id === id);
    return before !== undefined && (before === root || standsOn(before, root, requirements));
  });
}
