/** The words of a line, or why it has none. */
export type SplitLine = { readonly words: readonly string[] } | { readonly problem: string };

/** What would make a shell run something else, or write somewhere: given to a program as words, it would do harm there. */
const OPERATORS = "|&;<>()";

/** Within double quotes a backslash before another character is itself. */
const ESCAPED_IN_QUOTES = '"\\$`';

/**
 * The words of a command line: white space between them, '…' as it is, "…" with \" and \\, and \ before a single character.
 * Nothing is expanded, and what only a shell can do is refused: `rm -rf build && ls src` has no word `&&`.
 */
export function splitWords(line: string): SplitLine {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  const add = (text: string): void => {
    word = `${word ?? ""}${text}`;
  };
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index] ?? "";
    if (quote !== "" && character === quote) quote = "";
    else if (quote === "'") add(character);
    else if (character === "\\") {
      index += 1;
      const next = line[index];
      if (next === undefined) return { problem: "there is nothing after the last \\" };
      add(quote === "" || ESCAPED_IN_QUOTES.includes(next) ? next : `\\${next}`);
    } else if (quote !== "") add(character);
    else if (character === "'" || character === '"') {
      quote = character;
      // Also where nothing is between them: '' is a word.
      add("");
    } else if (/\s/u.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (OPERATORS.includes(character) || (character === "#" && word === undefined)) {
      return { problem: `there is no shell here that knows ${character}; put it in quotes, or run sh -c '…'` };
    } else add(character);
  }
  if (quote !== "") return { problem: `a ${quote} is not closed` };
  return { words: word === undefined ? words : [...words, word] };
}
