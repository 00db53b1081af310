import { contracts, findRequirement } from "../../registry/contracts.ts";
import { wireRequirements } from "@flynn/sdk/wire";
import { specificationOf } from "../../report/build-report.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

export function explainCommand(id: string): void {
  const located = findRequirement(id.toUpperCase());
  if (!located) {
    const ids = [...wireRequirements, ...contracts.flatMap((contract) => contract.requirements)].map((row) => row.id);
    const guess = nearest(id, ids);
    throw new UsageError(
      `There is no requirement ${id}${guess ? `; did you mean ${guess}?` : ""}`,
      "`flynn-conformance list` shows them all.",
    );
  }
  const { requirement: row, owner } = located;
  const members: readonly (readonly [string, string | undefined])[] = [
    ["why", row.why],
    ["uses", row.uses.join(", ")],
    ["capability", row.flag],
    ["stands on", row.after?.join(", ")],
    ["try", row.hint],
    ["not tested", row.untestable],
    ["entangled", row.entangled],
    ["source", `${row.source.doc}, ${row.source.anchor}`],
    ["since", row.since],
    ["spec", specificationOf(row.id, owner)],
  ];
  const lines = members.flatMap(([name, text]) => (text === undefined ? [] : [`  ${name.padEnd(11)}${text}`]));
  process.stdout.write(`${row.id} ${row.level} (${owner})\n  ${row.text}\n\n${lines.join("\n")}\n`);
}
