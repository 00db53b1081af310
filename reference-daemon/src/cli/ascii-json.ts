/** One document of JSON in ASCII, so that nothing in it acts on a terminal, and every reader gets the same value. */
export function asciiJson(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${text.replaceAll(/[\u007F-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}
