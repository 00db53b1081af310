/** A stretch of characters that all belong to one alphabet. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/** Membership by code unit; anything beyond ASCII belongs to no alphabet. */
export function alphabet(characters: RegExp): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let code = 0; code < 128; code += 1) table[code] = characters.test(String.fromCharCode(code)) ? 1 : 0;
  return table;
}

/**
 * Every run of at least `shortest` characters. It looks at the last character that a run from here would need, and goes back
 * from there, so that most characters of ordinary text are never looked at.
 */
export function* runsOf(text: string, members: Uint8Array, shortest: number): Generator<Run> {
  let start = 0;
  while (start + shortest <= text.length) {
    let at = start + shortest - 1;
    while (at >= start && members[text.charCodeAt(at)] === 1) at -= 1;
    if (at >= start) {
      start = at + 1;
      continue;
    }
    let end = start + shortest;
    while (end < text.length && members[text.charCodeAt(end)] === 1) end += 1;
    yield { start, end };
    start = end + 1;
  }
}
