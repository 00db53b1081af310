import { tryOriginal, tryVariant } from "./try-variant.ts";
import type { Outcome } from "./try-variant.ts";
import type { Variant } from "./variants.ts";
import type { Sample } from "./sample.ts";

/** A variant that the scanner says less of than the fixture asks for. */
export interface Survivor {
  readonly fixture: string;
  readonly family: string;
  readonly rewrite: string;
  readonly seed: number;
  readonly outcome: "weaker" | "missed";
  /** What is still found: rules, with what they do. */
  readonly found: readonly string[];
  readonly change: { readonly path: string; readonly before: string; readonly after: string };
}

export interface Result {
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly survivors: readonly Survivor[];
  /** Fixtures that are not caught as they are. No variant of them is tried. */
  readonly notCaught: readonly string[];
}

/** Tries each variant of a sample that is caught as it is. */
export async function findSurvivors(samples: readonly Sample[], variants: Iterable<Variant>): Promise<Result> {
  const notCaught = new Set<string>();
  for (const sample of samples) if ((await tryOriginal(sample)).outcome !== "caught") notCaught.add(sample.fixture.id);
  const counts = { caught: 0, weaker: 0, missed: 0, void: 0 };
  const survivors: Survivor[] = [];
  for (const variant of variants) {
    if (notCaught.has(variant.sample.fixture.id)) continue;
    const { outcome, findings } = await tryVariant(variant);
    counts[outcome] += 1;
    if (outcome === "caught" || outcome === "void") continue;
    const { fixture } = variant.sample;
    survivors.push({
      fixture: fixture.id,
      family: fixture.family,
      rewrite: variant.rewrite.id,
      seed: variant.seed,
      outcome,
      found: [...new Set(findings.map(({ ruleId, action }) => `${ruleId} ${action}`))],
      change: changeOf(variant),
    });
  }
  return { counts, survivors, notCaught: [...notCaught] };
}

const MOST_SHOWN = 240;

/** The first lines that differ in the first file that does. */
function changeOf({ sample, files }: Variant): Survivor["change"] {
  for (const path of sample.changed) {
    const before = sample.files.get(path) ?? "";
    const after = files.get(path) ?? "";
    if (before === after) continue;
    if (!files.has(path)) return { path, before: path, after: [...files.keys()].filter((name) => !sample.files.has(name)).join(" ") };
    const [old, changed] = [before.split("\n"), after.split("\n")];
    const first = old.findIndex((line, index) => line !== changed[index]);
    const from = Math.max(0, first);
    return { path, before: cut(old.slice(from, from + 6).join("\n")), after: cut(changed.slice(from, from + 6).join("\n")) };
  }
  return { path: "", before: "", after: "" };
}

function cut(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
}
