import type { SourcePatch } from "@flynn/conformance/mutant";

const encodings = "src/skills/text-rules/decoding/encodings.ts";
const manifest = "src/skills/manifest/check-manifest.ts";
const strictJson = "src/json/strict-json.ts";
const windowsNames = "src/skills/names/windows-names.ts";

/** Forms of what is known that fewer people use: other letters of hex, other white space, other names of devices. */
export const rarerFormMutants: readonly SourcePatch[] = [
  {
    id: "knows-hex-in-small-letters-only",
    kills: ["SCAN-039"],
    message: "hex in capitals",
    file: encodings,
    find: "if (word.length % 2 === 0 && /^[0-9A-Fa-f]+$/u",
    replace: "if (word.length % 2 === 0 && /^[0-9a-f]+$/u",
  },
  {
    id: "knows-no-base32",
    kills: ["SCAN-039"],
    message: "in base32",
    file: encodings,
    find: ' ?? named(fromBase32(word), "base32");',
    replace: ' ?? named(word.length < 0 ? fromBase32(word) : null, "base32");',
  },
  {
    id: "joins-lines-that-end-in-line-feeds-only",
    kills: ["SCAN-039"],
    message: "that end in CR and LF",
    file: encodings,
    find: "[ \\t]{0,4}\\+?\\r?\\n[",
    replace: "[ \\t]{0,4}\\+?\\n[",
  },
  {
    id: "knows-no-lists-of-codes",
    kills: ["SCAN-039"],
    message: "character codes that are called so",
    file: encodings,
    find: '  yield* encodedBy(text, CODE_LIST, "character codes", fromCodes);\n',
    replace: "",
  },
  {
    id: "knows-no-sequences-of-one-byte",
    kills: ["SCAN-036"],
    message: "the one character CSI",
    file: "src/skills/text-rules/families/hidden-characters/terminal-controls.ts",
    find: '"\\u009B", "\\u009D", ',
    replace: "",
  },
  {
    id: "takes-few-characters-for-a-placeholder",
    kills: ["SCAN-034"],
    message: "whose 64 digits are hexadecimal",
    file: "src/skills/text-rules/families/secrets/formats.ts",
    find: "const FEWEST_DIFFERENT = 9;",
    replace: "const FEWEST_DIFFERENT = 20;",
  },
  {
    id: "reads-a-manifest-behind-a-byte-order-mark",
    kills: ["SCAN-022"],
    message: "a byte order mark in front of the object",
    file: manifest,
    find: "readStrictJson(text, MOST_DEPTH)",
    replace: 'readStrictJson(text.replace(/^\\uFEFF/u, ""), MOST_DEPTH)',
  },
  {
    id: "knows-one-key-of-prototypes",
    kills: ["SCAN-022"],
    message: "the key constructor",
    file: manifest,
    find: '["__proto__", "constructor", "prototype"]',
    replace: '["__proto__"]',
  },
  {
    id: "takes-any-white-space-in-json",
    kills: ["SCAN-022"],
    message: "a no-break space",
    file: strictJson,
    find: "const WHITESPACE = /[ \\t\\n\\r]*/y;",
    replace: "const WHITESPACE = /[ \\t\\n\\r\\u00A0]*/y;",
  },
  {
    id: "takes-a-raw-tab-in-a-string",
    kills: ["SCAN-022"],
    message: "a raw tab",
    file: strictJson,
    find: '/[^"\\\\\\u0000-\\u001F]*/y',
    replace: '/[^"\\\\\\u0000-\\u0008\\u000A-\\u001F]*/y',
  },
  {
    id: "knows-no-printer",
    kills: ["SCAN-012"],
    message: "the name of the printer",
    file: windowsNames,
    find: "CON|PRN|AUX",
    replace: "CON|AUX",
  },
  {
    id: "knows-no-superscript-ports",
    kills: ["SCAN-012"],
    message: "a superscript digit",
    file: windowsNames,
    find: "[1-9¹²³]",
    replace: "[1-9]",
  },
];
