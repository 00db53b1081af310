import { elevationGateContract } from "@flynn/sdk/elevation-gate";
import type { Requirement } from "@flynn/sdk/kernel";
import { skillScannerContract } from "@flynn/sdk/skill-scanner";
import { contractKey, wireRequirements } from "@flynn/sdk/wire";
import type { ContractDefinition } from "@flynn/sdk/wire";

import { specimenContract } from "../../specimen/definition.ts";

/** Every contract, without its cases: what `list` and `explain` need, and quick to load. */
export const contracts: readonly ContractDefinition[] = [specimenContract, skillScannerContract, elevationGateContract];

/** The contract named `skill-scanner` or `skill-scanner@1`, or undefined. */
export function contractNamed(name: string): ContractDefinition | undefined {
  return contracts.find((contract) => name === contract.name || name === contractKey(contract));
}

export interface Located {
  readonly requirement: Requirement;
  /** `wire` for the rows that belong to every contract. */
  readonly owner: string;
}

export function findRequirement(id: string): Located | undefined {
  const owners = [
    { owner: "wire", rows: wireRequirements },
    ...contracts.map((contract) => ({ owner: contractKey(contract), rows: contract.requirements })),
  ];
  for (const { owner, rows } of owners) {
    const requirement = rows.find((row) => row.id === id);
    if (requirement) return { requirement, owner };
  }
  return undefined;
}
