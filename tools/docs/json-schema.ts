import * as z from "zod";

import type { SourceProse } from "./source-prose.ts";

/** As much of a JSON Schema as the pages need to know. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema | false;
  readonly prefixItems?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly [keyword: string]: unknown;
}

export type Definitions = Readonly<Record<string, JsonSchema>>;

export const DRAFT = "https://json-schema.org/draft/2020-12/schema";

export function reference(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` };
}

/** The JSON Schemas of zod schemas, under the given names, and of every named schema that they use; sorted by name. */
export function definitionsOf(schemas: Readonly<Record<string, z.ZodType>>): Definitions {
  const named = Object.entries(schemas).map(
    ([name, schema]) => [name, schema.meta()?.id === name ? schema : schema.meta({ id: name })] as const,
  );
  const { $defs = {} } = z.toJSONSchema(z.strictObject(Object.fromEntries(named))) as { readonly $defs?: Definitions };
  const tidied = Object.fromEntries(Object.entries($defs).map(([name, schema]) => [name, tidy(schema) as JsonSchema]));
  return sorted(withoutAnonymous(tidied));
}

/** Adds what the sources say of a schema and of its members, where the schema does not say it itself. */
export function described(schema: JsonSchema, prose: SourceProse, path: string): JsonSchema {
  // A description beside a reference is lost on many readers, and its target has one of its own.
  const description = schema.$ref === undefined ? prose.get(path) : undefined;
  return { ...(description === undefined ? {} : { description }), ...withDescribedMembers(schema, prose, path) };
}

/** The variants of a union stand at the path of the union, whose description is not theirs. */
function withDescribedMembers(schema: JsonSchema, prose: SourceProse, path: string): JsonSchema {
  const { properties, items, anyOf, oneOf } = schema;
  return {
    ...schema,
    ...(properties ? { properties: mapValues(properties, (member, name) => described(member, prose, `${path}.${name}`)) } : {}),
    ...(items ? { items: withDescribedMembers(items, prose, path) } : {}),
    ...(anyOf ? { anyOf: anyOf.map((variant) => withDescribedMembers(variant, prose, path)) } : {}),
    ...(oneOf ? { oneOf: oneOf.map((variant) => withDescribedMembers(variant, prose, path)) } : {}),
  };
}

/** Takes out what says nothing (names of members are strings) and what the draft forbids (an empty `prefixItems`). */
function tidy(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(tidy);
  if (typeof schema !== "object" || schema === null) return schema;
  const kept = Object.entries(schema).filter(([keyword, value]) => {
    const isNoise = keyword === "propertyNames" && JSON.stringify(value) === '{"type":"string"}';
    return !isNoise && !(keyword === "prefixItems" && Array.isArray(value) && value.length === 0);
  });
  return Object.fromEntries(kept.map(([keyword, value]) => [keyword, tidy(value)]));
}

/** Recursive schemas get a name made up by zod; they are known by one of ours. */
function withoutAnonymous(definitions: Definitions): Definitions {
  let text = JSON.stringify(definitions);
  for (const anonymous of Object.keys(definitions).filter((name) => name.startsWith("__schema"))) {
    const target = definitions[anonymous];
    const known = Object.entries(definitions).find(
      ([name, schema]) =>
        !name.startsWith("__schema") && (schema.$ref === `#/$defs/${anonymous}` || JSON.stringify(schema) === JSON.stringify(target)),
    );
    if (!known) throw new Error(`The recursive schema ${JSON.stringify(target)} has no name; give it one with .meta({ id })`);
    text = JSON.stringify({ ...(JSON.parse(text) as Definitions), [known[0]]: target, [anonymous]: undefined });
    text = text.replaceAll(`"#/$defs/${anonymous}"`, `"#/$defs/${known[0]}"`);
  }
  // JSON.parse: our own text, written above.
  return JSON.parse(text) as Definitions;
}

function sorted(definitions: Definitions): Definitions {
  return Object.fromEntries(Object.entries(definitions).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, map: (value: In, key: string) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
}
