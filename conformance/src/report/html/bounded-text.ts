/** Enough for what a check says of itself; the page stays readable whatever a subject answers. */
const LONGEST = 2_000;

/** The beginning of a text, and how much of it was left out. */
export function bounded(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  // Half of a character at the cut would be shown as something that the subject did not say.
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(longest - 1)) ? longest - 1 : longest;
  return `${text.slice(0, end)} … (${text.length - end} more characters; the JSON report has them)`;
}
