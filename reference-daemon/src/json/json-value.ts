import { JsonTextError } from "./json-node.ts";
import type { JsonNode, JsonObjectNode } from "./json-node.ts";
import { readStrictJson } from "./strict-json.ts";

const MOST_DEPTH = 32;

/**
 * The value of a JSON text. Throws a `JsonTextError` also for a key that is there twice: of `"enabled": false` and
 * `"enabled": true`, a reader of the file sees one and `JSON.parse` takes the other.
 */
export function readJsonValue(text: string): unknown {
  return valueOf(readStrictJson(text, MOST_DEPTH));
}

function valueOf(node: JsonNode): unknown {
  if (node.type === "scalar") return node.value;
  return node.type === "array" ? node.elements.map(valueOf) : objectOf(node);
}

function objectOf({ members }: JsonObjectNode): unknown {
  const values = new Map<string, unknown>();
  for (const { key, keyOffset, value } of members) {
    if (values.has(key)) throw new JsonTextError("syntax", keyOffset, `The key ${JSON.stringify(key)} is there twice`);
    values.set(key, valueOf(value));
  }
  return Object.fromEntries(values);
}
