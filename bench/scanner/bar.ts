/** A number that was measured, and what it should be. Nothing but a reader acts on it. */
export interface Bar {
  readonly name: string;
  readonly measured: number;
  readonly bar: number;
  readonly unit: string;
  /** Whether more is better. */
  readonly isFloor?: boolean;
  readonly note?: string;
}

export function isMet({ measured, bar, isFloor = false }: Bar): boolean {
  return isFloor ? measured >= bar : measured <= bar;
}

export function barLines(bars: readonly Bar[]): string {
  const lines = bars.map((bar) => {
    const target = `${bar.isFloor ? "at least" : "at most"} ${bar.bar} ${bar.unit}`.trimEnd();
    return [isMet(bar) ? "met   " : "MISSED", bar.name, `${shown(bar.measured)} ${bar.unit}`.trimEnd(), target, bar.note ?? ""];
  });
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
