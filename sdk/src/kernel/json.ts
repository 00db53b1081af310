/** A value that survives a JSON round trip unchanged. Numbers are finite; `undefined`, functions and class instances are not in it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** Beyond this, what reads and writes JSON gives up, here or in another language. */
const DEEPEST = 1_000;

/** Whether `value` is {@link Json}: plain data, finite numbers, no cycles, at most 1,000 levels deep. */
export function isJson(value: unknown): value is Json {
  return isJsonBelow(value, new Set());
}

function isJsonBelow(value: unknown, ancestors: Set<object>): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || ancestors.has(value) || ancestors.size >= DEEPEST) return false;
  const isPlain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  if (!isPlain) return false;
  ancestors.add(value);
  // Array.from turns holes into undefined, which JSON cannot hold; Object.values would pass over them.
  const members: readonly unknown[] = Array.isArray(value) ? Array.from(value) : Object.values(value);
  const isEveryMemberJson = members.every((member) => isJsonBelow(member, ancestors));
  ancestors.delete(value);
  return isEveryMemberJson;
}
