import type { FolderSize } from "./folder-size.ts";
import type { Measurement, ScannerName } from "./measurement.ts";

export interface Row {
  readonly scanner: ScannerName;
  readonly tree: string;
  /** Of the tree, whatever the scanner looked at. */
  readonly size: FolderSize;
  readonly measurement: Measurement;
}

const COLUMNS = [
  "scanner",
  "tree",
  "seconds",
  "files/s",
  "MB/s",
  "MB/s read",
  "CPU s",
  "peak MB",
  "p50 ms",
  "p99 ms",
  "looked at",
] as const;

/** The first two rates are of the whole tree for everyone; the third is of the bytes that a scanner looked at. */
export function table(rows: readonly Row[]): string {
  const lines = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join("  "),
    )
    .join("\n");
}

function cells({ scanner, tree, size, measurement }: Row): string[] {
  const { seconds, cpuSeconds, peakRssBytes, files, bytes, p50Ms, p99Ms } = measurement;
  return [
    scanner,
    tree,
    seconds.toFixed(3),
    Math.round(size.files / seconds).toLocaleString("en"),
    (size.bytes / 1e6 / seconds).toFixed(1),
    (bytes / 1e6 / seconds).toFixed(1),
    cpuSeconds.toFixed(2),
    (peakRssBytes / 1e6).toFixed(0),
    p50Ms?.toFixed(2) ?? "",
    p99Ms?.toFixed(2) ?? "",
    `${files} of ${size.files} files, ${(bytes / 1e6).toFixed(1)} of ${(size.bytes / 1e6).toFixed(1)} MB`,
  ];
}

/** How many times as much the peer takes, for the whole tree and for each byte that it looked at. */
export function ratios(rows: readonly Row[]): string[] {
  const trees = [...new Set(rows.map(({ tree }) => tree))];
  return trees.flatMap((tree) => {
    const of = (name: ScannerName): Measurement | undefined => rows.find((row) => row.tree === tree && row.scanner === name)?.measurement;
    const [own, pool, peer, floor] = [of("flynn"), of("flynn-pool"), of("openclaw"), of("reading")];
    if (!own || !peer) return [];
    const time = peer.seconds / own.seconds;
    const cpu = peer.cpuSeconds / own.cpuSeconds;
    const byte = (peer.seconds / peer.bytes / own.seconds) * own.bytes;
    const threads = pool ? `; with threads ${(peer.seconds / pool.seconds).toFixed(2)}x` : "";
    const least = floor ? `; ${(peer.seconds / floor.seconds).toFixed(2)}x the time of reading alone` : "";
    return [
      `${tree}: openclaw takes ${time.toFixed(2)}x the time of flynn, ${cpu.toFixed(2)}x the CPU, ${byte.toFixed(2)}x the time a byte read${threads}${least}`,
    ];
  });
}
