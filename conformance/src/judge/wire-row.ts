import type { Requirement } from "@flynn/sdk/kernel";

/** Rows of the wire belong to every contract, and are judged from everything that its sessions show. */
export function isWireRow(requirement: Pick<Requirement, "id">): boolean {
  return requirement.id.startsWith("WIRE-");
}
