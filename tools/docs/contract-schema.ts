import type { z } from "zod";

import type { ContractSource } from "./contract-source.ts";
import { DRAFT, definitionsOf, described, reference } from "./json-schema.ts";
import type { Definitions, JsonSchema } from "./json-schema.ts";

/** `scan` -> `ScanArguments`, `ScanResult`. */
function pascal(name: string): string {
  return name.replace(/(^|[-.])(\w)/gu, (_match, _separator, letter: string) => letter.toUpperCase());
}

export interface Operation {
  readonly name: string;
  readonly kind: "call" | "stream" | "port";
  readonly flag: string | undefined;
  readonly args: JsonSchema;
  readonly value: JsonSchema;
}

export interface ContractSchemas {
  readonly definitions: Definitions;
  readonly methods: readonly Operation[];
  readonly ports: readonly Operation[];
  readonly config: JsonSchema;
  readonly facts: JsonSchema;
}

/** The JSON Schemas of everything that crosses the wire for one contract. */
export function contractSchemas(source: ContractSource): ContractSchemas {
  const { definition } = source;
  const roots = new Map<string, z.ZodType>();
  const root = (name: string, schema: z.ZodType): JsonSchema => {
    const known = schema.meta()?.id;
    if (known === undefined) roots.set(name, schema);
    return reference(known ?? name);
  };
  for (const { name, schema } of source.types) roots.set(name, schema);
  const methods = Object.entries(definition.methods).map(([name, method]) => ({
    name,
    kind: method.kind,
    flag: method.flag,
    args: root(`${pascal(name)}Arguments`, method.args),
    value: root(method.kind === "stream" ? `${pascal(name)}Item` : `${pascal(name)}Value`, method.value),
  }));
  const ports = Object.entries(definition.ports).map(([name, port]) => ({
    name,
    kind: "port" as const,
    flag: undefined,
    args: root(`${pascal(name)}PortArguments`, port.args),
    value: root(`${pascal(name)}PortValue`, port.value),
  }));
  const config = root("Config", definition.config);
  const facts = root("Facts", definition.facts);
  const constants = new Map(source.types.map(({ name, constant }) => [name, constant]));
  const plain = definitionsOf(Object.fromEntries(roots));
  const definitions = Object.fromEntries(
    Object.entries(plain).map(([name, schema]) => [name, described(schema, source.schemas, constants.get(name) ?? name)]),
  );
  return { definitions, methods, ports, config, facts };
}

/** The file for implementers in other languages; what JSON Schema has no word for stands under `x-flynn`. */
export function contractSchemaFile(source: ContractSource): JsonSchema {
  const { definition } = source;
  const { definitions, methods, ports, config, facts } = contractSchemas(source);
  const operations = (list: readonly Operation[]): unknown =>
    Object.fromEntries(list.map(({ name, flag, ...operation }) => [name, { ...operation, ...(flag === undefined ? {} : { flag }) }]));
  return {
    $schema: DRAFT,
    title: `${definition.name}@${definition.version}`,
    description: `${definition.summary} Generated from the contract: \`x-flynn\` says which schema goes where.`,
    "x-flynn": {
      contract: `${definition.name}@${definition.version}`,
      methods: operations(methods),
      ports: operations(ports),
      flags: definition.flags,
      errorCodes: definition.errorCodes,
      config,
      facts,
    },
    $defs: definitions,
  };
}
