import { ruleCatalogue } from "../rules/catalogue.ts";

/** The id of a rule that somebody may have meant. */
export function nearestRuleId(given: string): string {
  const wanted = given.slice(0, 80).toUpperCase();
  const distances = ruleCatalogue.map(({ id }) => ({ id, distance: editDistance(wanted, id) }));
  return distances.reduce((best, next) => (next.distance < best.distance ? next : best)).id;
}

/** How many characters have to be put in, taken out or replaced. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 0; i < from.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j += 1) {
      const replaced = (row[j] ?? 0) + (from[i] === to[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
