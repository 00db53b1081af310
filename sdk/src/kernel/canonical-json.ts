import type { Json } from "./json.ts";

/**
 * The one text of a JSON value that everybody hashes: RFC 8785. Members are sorted by the UTF-16 units of their names, there
 * is no white space, and strings and numbers are written as ECMAScript's `JSON.stringify` writes them.
 */
export function canonicalJson(value: Json): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] ?? null)}`);
  return `{${members.join(",")}}`;
}

/** `Array.isArray` does not narrow a readonly array away. */
function isArray(value: object): value is readonly Json[] {
  return Array.isArray(value);
}
