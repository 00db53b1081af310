import type { JsonNode } from "../../json/json-node.ts";

/** The place of a value, by the keys and indexes that lead to it; as far as they lead, where the rest is not there. */
export function valueOffset(root: JsonNode, path: readonly PropertyKey[]): number {
  let node = root;
  for (const step of path) {
    const next = childOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node.offset;
}

/** The place of a key of the object that the path leads to. */
export function keyOffset(root: JsonNode, path: readonly PropertyKey[], key: string): number {
  let node: JsonNode | undefined = root;
  for (const step of path) node = node && childOf(node, step);
  const member = node?.type === "object" ? node.members.find((candidate) => candidate.key === key) : undefined;
  return member?.keyOffset ?? valueOffset(root, path);
}

function childOf(node: JsonNode, step: PropertyKey): JsonNode | undefined {
  if (node.type === "object") return node.members.find(({ key }) => key === step)?.value;
  return node.type === "array" && typeof step === "number" ? node.elements[step] : undefined;
}
