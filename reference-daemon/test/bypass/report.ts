import { printable } from "../../src/text/printable.ts";
import type { Result, Survivor } from "./survivors.ts";

/** Survivors by rewrite and fixture, each with its shortest change. */
export function survivorReport(
  { counts, survivors, notCaught }: Result,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): string {
  const tried = counts.caught + counts.weaker + counts.missed;
  const byRewrite = [...Map.groupBy(survivors, ({ rewrite }) => rewrite)].toSorted(([, a], [, b]) => b.length - a.length);
  const lines = [
    `seed ${seed} · ${seconds.toFixed(0)} s`,
    `${tried} variants: ${counts.caught} caught, ${counts.weaker} only warned of, ${counts.missed} missed; ${counts.void} refused for what is no matter of rules`,
    ...(notCaught.length === 0 ? [] : [`not caught as they are, and not tried: ${notCaught.join(", ")}`]),
    ...byRewrite.flatMap(([rewrite, own]) => ["", `${rewrite}: ${own.length}`, ...groupLines(own)]),
  ];
  return `${lines.join("\n")}\n`;
}

function groupLines(survivors: readonly Survivor[]): string[] {
  const byFixture = [...Map.groupBy(survivors, ({ fixture }) => fixture)];
  return byFixture.flatMap(([fixture, own]) => {
    const [shortest] = own.toSorted((a, b) => a.change.after.length - b.change.after.length);
    if (!shortest) return [];
    const { change, seed, outcome, found } = shortest;
    return [
      `  ${fixture} ×${own.length} ${outcome} (seed ${seed}; ${found.join(", ") || "nothing found"}) ${change.path}`,
      ...indented("- ", change.before),
      ...indented("+ ", change.after),
    ];
  });
}

function indented(sign: string, text: string): string[] {
  return text.split("\n").map((line) => `      ${sign}${printable(line)}`);
}
