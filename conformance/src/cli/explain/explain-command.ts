import type { Requirement } from "@flynn/sdk/kernel";
import { wireRequirements } from "@flynn/sdk/wire";

import { demonstrations } from "../../mutation/kill-matrix.ts";
import type { KillMatrixMutant } from "../../mutation/kill-matrix.ts";
import { publishedKillMatrix } from "../../mutation/published-kill-matrix.ts";
import { contracts, findRequirement } from "../../registry/contracts.ts";
import { specificationOf } from "../../report/build-report.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

const LABEL_WIDTH = 11;

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
    ["shown by", demonstration(row, owner)],
  ];
  const lines = members.flatMap(([name, text]) => (text === undefined ? [] : [labelled(name, text)]));
  process.stdout.write(`${row.id} ${row.level} (${owner})\n  ${row.text}\n\n${lines.join("\n")}\n`);
}

/** A broken implementation that fails this row and nothing else, as the suite has tried it. */
function demonstration(row: Requirement, owner: string): string | undefined {
  if (row.untestable !== undefined) return undefined;
  // A WIRE row belongs to every contract; the specimen's mutants break all of them.
  const contract = owner === "wire" ? "specimen" : (owner.split("@", 1)[0] ?? owner);
  const matrix = publishedKillMatrix(contract);
  const [first, ...others] = matrix ? demonstrations(matrix, row.id) : [];
  if (!first) return undefined;
  const more = others.length > 0 ? `\nand by ${others.map((other) => other.id).join(", ")}` : "";
  return `${described(first, contract)}${more}`;
}

function described({ id, change, says }: KillMatrixMutant, contract: string): string {
  const head = `the mutant ${id} of ${contract}, which fails it and nothing else`;
  const diff = change ? [`in ${change.file}:`, ...marked("-", change.find), ...marked("+", change.replace)] : [];
  return [head, ...diff, ...(says ? [`The message says then: … ${says} …`] : [])].join("\n");
}

function marked(mark: "-" | "+", text: string): readonly string[] {
  return text === "" ? [`${mark} (nothing)`] : text.split("\n").map((line) => `${mark} ${line}`);
}

function labelled(name: string, text: string): string {
  const [first = "", ...rest] = text.split("\n");
  const indent = " ".repeat(2 + LABEL_WIDTH);
  return [`  ${name.padEnd(LABEL_WIDTH)}${first}`, ...rest.map((line) => `${indent}${line}`)].join("\n");
}
