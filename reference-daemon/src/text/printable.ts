/** The longest evidence that a finding may hold, in UTF-16 code units. */
export const EVIDENCE_LIMIT = 160;

/**
 * Text from outside, such as a skill or a log, made safe to print: one line, every control, invisible, direction-changing or unpaired character as
 * `\u{…}`, at most `limit` UTF-16 code units.
 */
export function printable(text: string, limit: number = EVIDENCE_LIMIT): string {
  let printed = "";
  for (const character of text) {
    const shown = UNPRINTABLE.test(character) ? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}` : character;
    if (printed.length + shown.length > limit - 1) return `${printed}…`;
    printed += shown;
  }
  return printed;
}

/**
 * What the SDK's path escape lists, but for the backslash, and the other format characters and unpaired surrogates. A closed
 * list, because Unicode's own categories differ between versions of Node.
 */
const UNPRINTABLE =
  /[\u0000-\u001F\u007F-\u009F\u00AD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uD800-\uDFFF\uE000-\uF8FF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{110BD}\u{110CD}\u{13430}-\u{1343F}\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E0FFF}\u{F0000}-\u{10FFFF}]/u;
