import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import type { Requirement } from "@flynn/sdk/kernel";
import { wireRequirements } from "@flynn/sdk/wire";
import type { ContractDefinition } from "@flynn/sdk/wire";
import { expect, test } from "vitest";

import { readContracts } from "./docs/generated-files.ts";

const root = resolve(import.meta.dirname, "..");
const contracts = await readContracts(root);

/** Where nothing is to be shown without a capability: a scanner that does not promise to judge texts may judge some. */
const PERMITTED_ANYWAY = ["!text-rules"];

/** What in a contract's rows does not fit its definition. */
function mismatches({
  methods,
  ports,
  flags,
  requirements,
}: Pick<ContractDefinition, "methods" | "ports" | "flags" | "requirements">): string[] {
  const members = [...Object.keys(methods), ...Object.keys(ports)];
  const used = new Set(requirements.flatMap((row) => row.uses));
  const rowFlags = new Set(requirements.flatMap((row) => (row.flag === undefined ? [] : [row.flag])));
  const known = new Set(flags.flatMap((flag) => [flag, `!${flag}`]));
  return [
    ...requirements.flatMap((row) =>
      row.uses.filter((use) => !members.includes(use)).map((use) => `${row.id} uses ${use}, which the contract does not have`),
    ),
    ...members.filter((member) => !used.has(member)).map((member) => `no row uses ${member}`),
    ...[...rowFlags].filter((flag) => !known.has(flag)).map((flag) => `a row has the flag ${flag}, which the contract does not have`),
    ...[...known]
      .filter((flag) => !rowFlags.has(flag) && !PERMITTED_ANYWAY.includes(flag))
      .map((flag) => `no row has the flag ${flag}; a capability is judged where it is there and where it is not`),
    ...Object.entries(methods).flatMap(([name, { flag }]) =>
      flag === undefined || flags.includes(flag) ? [] : [`${name} has the flag ${flag}, which the contract does not have`],
    ),
  ];
}

const row = (id: string, more: Partial<Requirement>): Requirement => ({ ...(wireRequirements[0] as Requirement), id, ...more });

test("rows that do not fit their contract are found", () => {
  const [specimen] = contracts.filter(({ definition }) => definition.name === "specimen");
  const { acquire, renew } = specimen?.definition.methods ?? {};
  if (!acquire || !renew) throw new Error("The specimen has no acquire or no renew");
  const requirements = [
    row("DEMO-001", { uses: ["aquire"] }),
    row("DEMO-002", { uses: ["renew"], flag: "renew" }),
    row("DEMO-003", { uses: ["renew"], flag: "!hold" }),
  ];
  expect(mismatches({ methods: { acquire, renew }, ports: {}, flags: ["renew"], requirements })).toEqual([
    "DEMO-001 uses aquire, which the contract does not have",
    "no row uses acquire",
    "a row has the flag !hold, which the contract does not have",
    "no row has the flag !renew; a capability is judged where it is there and where it is not",
  ]);
});

test.each(contracts.map((source) => [source.definition.name, source] as const))(
  "the rows of %s fit its definition",
  (_name, { definition }) => {
    expect(mismatches(definition)).toEqual([]);
  },
);

test.each(contracts.map((source) => [source.definition.name, source] as const))(
  "the prose of %s names requirements that exist",
  (_name, { definition, folder }) => {
    const prose = readFileSync(join(root, folder, "contract.ts"), "utf8");
    const named = Array.from(prose.matchAll(/\b[A-Z]+-\d{3}\b/gu), ([id]) => id);
    const ids = definition.requirements.map(({ id }) => id);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((id) => !ids.includes(id))).toEqual([]);
  },
);

test("no two contracts share a prefix of ids or a name", () => {
  const prefixes = [
    ["WIRE"],
    ...contracts.map(({ definition }) => [...new Set(definition.requirements.map(({ id }) => id.split("-")[0]))]),
  ];
  expect(prefixes.every((own) => own.length === 1)).toBe(true);
  expect(new Set(prefixes.flat()).size).toBe(prefixes.length);
  expect(new Set(contracts.map(({ definition }) => definition.name)).size).toBe(contracts.length);
});
