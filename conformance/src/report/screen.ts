/** A terminal that nobody has made larger. */
export const SCREEN = { columns: 100, lines: 30 } as const;

/** How many lines of that screen a text takes, with long lines wrapped. */
export function linesOnScreen(text: string): number {
  return text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / SCREEN.columns)), 0);
}
