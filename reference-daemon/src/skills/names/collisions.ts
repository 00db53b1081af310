import { isUtf8 } from "node:buffer";

const PLAIN = /^[ -~]*$/u;

/** The entries of one folder that some file system would not keep apart, each with another one that it is merged with. */
export function collidingNames<Entry extends { readonly name: Buffer }>(entries: readonly Entry[]): [Entry, Entry][] {
  if (entries.length < 2) return [];
  const groups = Map.groupBy(
    entries.filter((entry) => isUtf8(entry.name)),
    (entry) => mergedName(entry.name.toString("utf8")),
  );
  return [...groups.values()]
    .flatMap((group) => group.map((entry, index) => pairInGroup(group, entry, index)))
    .filter((pair) => pair !== null);
}

function pairInGroup<Entry>(group: readonly Entry[], entry: Entry, index: number): [Entry, Entry] | null {
  const other = group[index === 0 ? 1 : 0];
  return other === undefined ? null : [entry, other];
}

/**
 * Equal for two names that differ in case or normalisation only. Lower case and then upper case is what JavaScript has of full
 * case folding; normalising first and last makes it hold for characters that a change of case takes apart.
 */
function mergedName(name: string): string {
  if (PLAIN.test(name)) return name.toUpperCase();
  return name.normalize("NFKC").toLowerCase().toUpperCase().normalize("NFKC");
}
