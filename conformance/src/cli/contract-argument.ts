import { contractKey } from "@flynn/sdk/wire";
import type { ContractDefinition } from "@flynn/sdk/wire";

import { contractNamed, contracts } from "../registry/contracts.ts";
import { nearest } from "./nearest.ts";
import { UsageError } from "./usage-error.ts";

/**
 * The contract that a word of the command line or of the configuration names: `skill-scanner`, or `skill-scanner@1`. `hint` is
 * said on top where there is no such contract.
 */
export function contractArgument(word: string, hint = ""): ContractDefinition {
  const contract = contractNamed(word);
  if (contract) return contract;
  const [name = ""] = word.split("@", 1);
  const versions = contracts.filter((known) => known.name === name).map(contractKey);
  if (versions.length > 0) throw new UsageError(`This suite does not know ${word}`, `It knows ${versions.join(", ")}.`);
  const guess = nearest(
    name,
    contracts.map((known) => known.name),
  );
  throw new UsageError(
    `There is no contract ${word}${guess ? `; did you mean ${guess}?` : ""}`,
    `The contracts are ${contractNames()}.${hint}`,
  );
}

/** Every contract by name, as a message lists them. */
export function contractNames(): string {
  return [...new Set(contracts.map((contract) => contract.name))].join(", ");
}
