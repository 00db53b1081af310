/** What differs from run to run and from machine to machine, and what stands for it on the page. */
const PASSING: readonly (readonly [RegExp, string])[] = [
  [/\/[^\s'"]*\/flynn-case-\w+/gu, "/…/flynn-case-…"],
  [/\b\d+\.\d+ s\b */gu, "… s  "],
  [/\badded \d+ packages in \S+/gu, "added … packages in … s"],
  [/\b\d{4}-\d{2}-\d{2}\b/gu, "YYYY-MM-DD"],
];

/** An output as it is on every machine; `place` is the folder in which all of it happened. */
export function steadyOutput(output: string, place: string): string {
  const named = output.replaceAll(place, "/…");
  const steady = PASSING.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), named);
  return steady
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n")
    .replace(/^\n+|\n+$/gu, "");
}

/** The first lines and the last ones; a line of its own says that there were others. */
export function shortened(text: string, { first, last = 0 }: { readonly first: number; readonly last?: number }): string {
  const lines = text.split("\n");
  if (lines.length <= first + last + 1) return text;
  return [...lines.slice(0, first), "…", ...(last > 0 ? lines.slice(-last) : [])].join("\n");
}
