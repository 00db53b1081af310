import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { isJson } from "@flynn/sdk/kernel";
import type { Json } from "@flynn/sdk/kernel";
import type { ContractDefinition } from "@flynn/sdk/wire";
import * as z from "zod";

import { sourceProse } from "./source-prose.ts";
import type { SourceProse } from "./source-prose.ts";

/** A contract, where it lies, and what its files say about it. */
export interface ContractSource {
  readonly definition: ContractDefinition;
  /** From the root of the workspace. */
  readonly folder: string;
  /** The folder of JSON Schemas that its schema belongs in. */
  readonly schemaFolder: string;
  /** Of `contract.ts`, by member of the interface. */
  readonly contract: SourceProse;
  /** What the interface as a whole promises. */
  readonly summary: string;
  readonly errors: ReadonlyMap<string, string>;
  readonly schemas: SourceProse;
  /** The named schemas of `schema.ts`, with the name of the constant that holds each. */
  readonly types: readonly { readonly name: string; readonly constant: string; readonly schema: z.ZodType }[];
  /** The plain values of `schema.ts`, such as defaults, by the name of the constant. */
  readonly values: ReadonlyMap<string, { readonly value: Json; readonly meaning: string }>;
  /** The algorithms of the contract that every implementation must agree on, in prose. */
  readonly algorithms: SourceProse;
}

/** Files of a contract beside the five that each has. */
export interface ContractExtras {
  readonly schemaFolder: string;
  readonly algorithms?: readonly string[];
}

export async function readContract(
  root: string,
  definition: ContractDefinition,
  folder: string,
  extras: ContractExtras,
): Promise<ContractSource> {
  const prose = (file: string): SourceProse => sourceProse(readFileSync(join(root, folder, file), "utf8"));
  const module = (await import(pathToFileURL(join(root, folder, "schema.ts")).href)) as Readonly<Record<string, unknown>>;
  const schemas = prose("schema.ts");
  const { members, summary } = interfaceProse(prose("contract.ts"));
  return {
    definition,
    folder,
    schemaFolder: extras.schemaFolder,
    contract: members,
    summary,
    errors: errorProse(prose("errors.ts"), definition.errorCodes),
    schemas,
    values: new Map(
      Object.entries(module).flatMap(([constant, value]) =>
        isJson(value) ? [[constant, { value, meaning: schemas.get(constant) ?? "" }] as const] : [],
      ),
    ),
    algorithms: new Map((extras.algorithms ?? []).flatMap((file) => [...prose(file)])),
    types: Object.entries(module).flatMap(([constant, schema]) => {
      const name = schema instanceof z.ZodType ? schema.meta()?.id : undefined;
      return name === undefined ? [] : [{ name, constant, schema: schema as z.ZodType }];
    }),
  };
}

function interfaceProse(prose: SourceProse): { readonly members: SourceProse; readonly summary: string } {
  const entries = [...prose].map(([path, text]) => [path.split(".").slice(1).join("."), text] as const);
  const summary = entries.find(([member]) => member === "")?.[1];
  if (summary === undefined) throw new Error("A contract.ts needs a doc comment on its interface");
  return { members: new Map(entries), summary };
}

/** The list in the doc comment of the codes: a line "- `CODE`: when" for each. */
function errorProse(prose: SourceProse, codes: readonly string[]): ReadonlyMap<string, string> {
  const lines = [...prose.values()].flatMap((text) => text.split("\n"));
  const meanings = new Map(
    lines.flatMap((line) => [...line.matchAll(/^- `(\w+)`: (.*)$/gu)].map((match) => [match[1] ?? "", match[2] ?? ""])),
  );
  const missing = codes.filter((code) => !meanings.has(code));
  if (missing.length > 0) throw new Error(`The doc comment of the error codes does not say what ${missing.join(", ")} means`);
  return meanings;
}
