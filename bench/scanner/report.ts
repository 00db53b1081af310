import type { Measurement } from "./measurement.ts";

export interface Row {
  readonly scanner: string;
  readonly tree: string;
  /** Of the tree, whatever the scanner looked at. */
  readonly treeFiles: number;
  readonly treeBytes: number;
  readonly measurement: Measurement;
}

const COLUMNS = ["scanner", "tree", "seconds", "files/s", "MB/s", "CPU s", "peak MB", "looked at"] as const;

/** Rates are of the whole tree for everyone; the last column says how much of it a scanner looked at. */
export function table(rows: readonly Row[]): string {
  const lines = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "),
    )
    .join("\n");
}

function cells({ scanner, tree, treeFiles, treeBytes, measurement }: Row): string[] {
  const { seconds, cpuSeconds, peakRssBytes, files } = measurement;
  return [
    scanner,
    tree,
    seconds.toFixed(3),
    Math.round(treeFiles / seconds).toLocaleString("en"),
    (treeBytes / 1e6 / seconds).toFixed(1),
    cpuSeconds.toFixed(2),
    (peakRssBytes / 1e6).toFixed(0),
    `${files} of ${treeFiles}`,
  ];
}
