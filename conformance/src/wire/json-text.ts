/** The value of a JSON text, or undefined where it is none. Whoever asks checks the value by a schema. */
export function jsonOrUndefined(text: string): unknown {
  try {
    // JSON.parse: what people and subjects write; every caller goes on with a schema.
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
