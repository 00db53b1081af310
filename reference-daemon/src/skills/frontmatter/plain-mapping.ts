const MOST_LINES = 64;

/**
 * One line of the plainest front matter there is: a key of letters, digits, dashes and underscores, and a value on the same line
 * that is a text by its first letter, or in quotes without an escape and with a letter or digit. No sign in it means anything to YAML: a colon comes only
 * right before a letter, a digit or a slash, and a comment cannot begin.
 */
const LINE =
  /(?<key>[A-Za-z][\w-]{0,63}): (?:(?<plain>[A-Za-z\u00C0-\u00D6\u00D8-\u00F6\u0100-\u1FFF\u3041-\uD7A3](?:[\w !$%&'()*+,./;<=>?@[\\\]^`{|}~"\u00A1-\u1FFF\u2010-\u2027\u2030-\u205E\u3001-\uD7A3-]|:(?=[\w/]))*(?<!\s))|"(?=[^"\n\w]{0,99}\w)[^"\\\u0000-\u001F\u007F-\u00A0\uD800-\uFFFF]*"|'(?=[^'\n\w]{0,99}\w)[^'\u0000-\u001F\u007F-\u00A0\uD800-\uFFFF]*')\n/uy;

/** What YAML takes for something else than a text, though it begins with a letter. */
const NO_TEXT = /^(?:true|false|null)$/iu;

/**
 * Whether the front matter is certainly without a problem, which most are and which takes the YAML library many times as long to
 * say. False says nothing: then the library has to look.
 */
export function isPlainMapping(yaml: string): boolean {
  const keys = new Set<string>();
  let offset = 0;
  while (offset < yaml.length) {
    LINE.lastIndex = offset;
    const { key = "", plain = "" } = LINE.exec(yaml)?.groups ?? {};
    const isUnsure = key === "" || keys.has(key) || keys.size === MOST_LINES || NO_TEXT.test(key) || NO_TEXT.test(plain);
    if (isUnsure) return false;
    keys.add(key);
    offset = LINE.lastIndex;
  }
  return keys.has("name") && keys.has("description");
}
