import { contractKey, wireRequirements } from "@flynn/sdk/wire";

import { contracts } from "../../registry/contracts.ts";
import { contractArgument } from "../contract-argument.ts";

export function listCommand(names: readonly string[]): void {
  const wanted = names.length === 0 ? contracts : names.map((name) => contractArgument(name));
  const lines = wanted.flatMap((contract) => [`${contractKey(contract)}: ${contract.summary}`, ...contract.requirements.map(rowLine), ""]);
  const wire = ["Every contract:", ...wireRequirements.map(rowLine), ""];
  process.stdout.write(`${[...lines, ...wire].join("\n")}\n`);
}

function rowLine(row: (typeof wireRequirements)[number]): string {
  const marks = [row.flag ? `[${row.flag}]` : "", row.untestable ? "[not tested]" : ""].filter(Boolean).join(" ");
  return `  ${row.id}  ${row.level.padEnd(6)} ${marks ? `${marks} ` : ""}${row.text}`;
}
