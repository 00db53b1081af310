import type { Definitions, JsonSchema } from "./json-schema.ts";

interface Field {
  readonly path: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
}

/** A named type as Markdown: what it is, and a table of its members where it has any. */
export function typeSection(name: string, definitions: Definitions): string {
  const schema = definitions[name] ?? {};
  const variants = (schema.oneOf ?? schema.anyOf ?? []).filter((variant) => variant.properties !== undefined);
  const parts = [`### ${name}`, schema.description ?? ""];
  if (schema.properties) parts.push(fieldTable(schema, definitions));
  else if (variants.length > 0) parts.push("One of:", ...variants.map((variant) => fieldTable(variant, definitions)));
  else parts.push(typeText(schema, definitions));
  return parts.filter((part) => part !== "").join("\n\n");
}

function fieldTable(schema: JsonSchema, definitions: Definitions): string {
  const fields = fieldsOf(schema, definitions, "");
  if (fields.length === 0) return "An object without members: `{}`.";
  const rows = fields.map(
    ({ path, type, isRequired, description }) => `| \`${path}\` | ${type} | ${isRequired ? "yes" : ""} | ${cell(description)} |`,
  );
  return ["| member | type | required | meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function fieldsOf(schema: JsonSchema, definitions: Definitions, prefix: string): Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) => {
    const path = `${prefix}${name}`;
    const isNested = member.properties !== undefined && partialOf(member, definitions) === undefined;
    const field: Field = {
      path,
      type: typeText(member, definitions),
      isRequired: schema.required?.includes(name) ?? false,
      description: member.description ?? "",
    };
    return isNested ? [field, ...fieldsOf(member, definitions, `${path}.`)] : [field];
  });
}

/** A type in a few words, with links to the named ones. */
export function typeText(schema: JsonSchema, definitions: Definitions): string {
  if (schema.$ref !== undefined) return linked(schema.$ref.replace("#/$defs/", ""));
  if (schema.const !== undefined) return code(schema.const);
  if (schema.enum) return schema.enum.map(code).join(" or ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants) return variants.map((variant) => typeText(variant, definitions)).join(" or ");
  if (schema.prefixItems) return `[${schema.prefixItems.map((item) => typeText(item, definitions)).join(", ")}]`;
  if (schema.type === "array") return schema.items ? `array of ${typeText(schema.items, definitions)}` : "empty array";
  if (schema.type === "object") return objectText(schema, definitions);
  const types = Array.isArray(schema.type) ? schema.type.join(" or ") : String(schema.type ?? "anything");
  return [types, ...bounds(schema)].join(", ");
}

function objectText(schema: JsonSchema, definitions: Definitions): string {
  const partial = partialOf(schema, definitions);
  if (partial !== undefined) return `some members of ${linked(partial)}`;
  const values = schema.additionalProperties;
  if (schema.properties === undefined && typeof values === "object") return `object, each member ${typeText(values, definitions)}`;
  return "object";
}

/** The named type that this one has all members of, none of them required. */
function partialOf(schema: JsonSchema, definitions: Definitions): string | undefined {
  const members = Object.keys(schema.properties ?? {}).join();
  if (members === "" || (schema.required ?? []).length > 0) return undefined;
  const found = Object.entries(definitions).find(
    ([, named]) => Object.keys(named.properties ?? {}).join() === members && (named.required ?? []).length > 0,
  );
  return found?.[0];
}

function bounds(schema: JsonSchema): string[] {
  const isBounded = (value: number | undefined): value is number => value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER;
  return [
    ...(isBounded(schema.minimum) ? [`at least ${schema.minimum}`] : []),
    ...(isBounded(schema.maximum) ? [`at most ${schema.maximum}`] : []),
    ...(schema.minLength === 1 ? ["not empty"] : []),
    ...(isBounded(schema.maxLength) ? [`at most ${schema.maxLength} UTF-16 units`] : []),
    ...(schema.pattern === undefined ? [] : [`matches \`${schema.pattern}\``]),
  ];
}

/** In a table a line break ends the row and a bar ends the cell. */
export function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll(/\s*\n\s*/gu, " ");
}

function linked(name: string): string {
  return `[${name}](#${name.toLowerCase()})`;
}

function code(value: unknown): string {
  return `\`${JSON.stringify(value)}\``;
}
