/** A piece of two texts: in both, or in one of them only. */
export interface Piece {
  readonly text: string;
  readonly isShared: boolean;
}

const MOST_WORDS = 160;

/** Under this part in common, marks would hide more than they show. */
const LEAST_IN_COMMON = 0.3;

/** Two texts of one line word by word, or undefined where they are too long or have too little in common to be compared. */
export function wordDifference(left: string, right: string): readonly [readonly Piece[], readonly Piece[]] | undefined {
  if (/[\r\n]/u.test(left + right)) return undefined;
  const [a, b] = [wordsOf(left), wordsOf(right)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return undefined;
  const [inA, inB] = commonWords(a, b);
  const lengthOf = (words: readonly string[]): number => words.join("").replaceAll(/\s/gu, "").length;
  const shared = lengthOf(a.filter((_, index) => inA.has(index)));
  const shorter = Math.min(lengthOf(a), lengthOf(b));
  if (shorter === 0 || shared / shorter < LEAST_IN_COMMON || left === right) return undefined;
  return [pieces(a, inA), pieces(b, inB)];
}

function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}_]+|./gu) ?? [];
}

/** The places of a longest common subsequence. */
function commonWords(a: readonly string[], b: readonly string[]): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1) {
    const line = lengths[i];
    if (!line) continue;
    for (let j = b.length - 1; j >= 0; j -= 1) line[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  }
  const [inA, inB] = [new Set<number>(), new Set<number>()];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      inA.add(i++);
      inB.add(j++);
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return [inA, inB];
}

function pieces(words: readonly string[], shared: ReadonlySet<number>): readonly Piece[] {
  const joined: { text: string; readonly isShared: boolean }[] = [];
  for (const [index, text] of words.entries()) {
    const last = joined.at(-1);
    const isShared = shared.has(index);
    if (last?.isShared === isShared) last.text += text;
    else joined.push({ text, isShared });
  }
  return joined;
}
