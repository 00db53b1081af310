const REACH = 700;

/** What stands around a place up to the next blank lines, as far as a few hundred characters to each side. */
export function paragraphAt(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - REACH), start);
  const after = text.slice(end, end + REACH);
  const from = Math.max(before.lastIndexOf("\n\n"), before.lastIndexOf("\n\r\n"));
  return `${before.slice(from + 1)}${text.slice(start, end)}${after.split(/\n\r?\n/u, 1)[0] ?? ""}`;
}
