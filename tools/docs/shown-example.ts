/** Characters that a reader does not see, or that change how others are shown. Line feeds and tabs are not among them. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u115F\u1160\u3164\uFFA0\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/u;
/** A letter in a word that has Latin letters too. */
const LOOKALIKE =
  /(?<=\p{Script=Latin}\p{L}*)[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}](?=\p{L}*\p{Script=Latin})/gu;

/** The example of a rule as a page shows it: nothing on the page is what the rule looks for. */
export function shownExample(text: string): string {
  const seen = text.replaceAll("{gap}", "·").replaceAll(LOOKALIKE, escaped);
  return Array.from(seen)
    .map((character) => (UNSEEN.test(character) && !"\n\t".includes(character) ? escaped(character) : character))
    .join("");
}

function escaped(character: string): string {
  return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}
