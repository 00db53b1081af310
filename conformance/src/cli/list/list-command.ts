import { contractKey, wireRequirements } from "@flynn/sdk/wire";

import { contractNamed, contracts } from "../../registry/contracts.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

export function listCommand(names: readonly string[]): void {
  const wanted = names.length === 0 ? contracts : names.map(contractOrError);
  const lines = wanted.flatMap((contract) => [`${contractKey(contract)}: ${contract.summary}`, ...contract.requirements.map(rowLine), ""]);
  const wire = ["Every contract:", ...wireRequirements.map(rowLine), ""];
  process.stdout.write(`${[...lines, ...wire].join("\n")}\n`);
}

function rowLine(row: (typeof wireRequirements)[number]): string {
  const marks = [row.flag ? `[${row.flag}]` : "", row.untestable ? "[not tested]" : ""].filter(Boolean).join(" ");
  return `  ${row.id}  ${row.level.padEnd(6)} ${marks ? `${marks} ` : ""}${row.text}`;
}

function contractOrError(name: string): (typeof contracts)[number] {
  const contract = contractNamed(name);
  if (contract) return contract;
  const known = contracts.map((candidate) => candidate.name);
  const guess = nearest(name, known);
  throw new UsageError(`There is no contract ${name}${guess ? `; did you mean ${guess}?` : ""}`, `The contracts are ${known.join(", ")}.`);
}
