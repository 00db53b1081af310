import type { SourcePatch } from "@flynn/conformance/mutant";

const inspect = "src/skills/content/inspect-content.ts";
const encoding = "src/skills/content/text-encoding.ts";
const IS_WIDE = "  if (encoding !== null) {";
const WELL_FORMED = 'return text.isWellFormed() && !text.includes("\\0");';

/** The text is still looked at, so that only what is said of it is wrong. */
const binary = (id: string, message: string, condition: string): SourcePatch => ({
  id,
  kills: ["SCAN-018"],
  message,
  file: inspect,
  find: IS_WIDE,
  replace: `  if (${condition}) return { ...opaque(contentRules.blob, "It is not text"), encoding };\n${IS_WIDE}`,
});

const lenient = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-018"],
  message,
  file: encoding,
  find,
  replace,
});

/** What is wrong with how texts in UTF-16 and UTF-32 are known. */
export const wideTextMutants: readonly SourcePatch[] = [
  binary("knows-no-utf-32", "a text in UTF-32", 'encoding === "utf-32"'),
  binary("knows-one-byte-order-of-utf-16", "a text in UTF-16, big-endian", 'encoding === "utf-16" && bytes[0] === 0xfe'),
  binary(
    "knows-no-surrogate-pairs",
    "a text in UTF-16",
    'encoding === "utf-16" && /[\\u{10000}-\\u{10FFFF}]/u.test(bytes.toString("utf16le"))',
  ),
  lenient("accepts-half-of-a-surrogate-pair", "utf16-lone-surrogate", WELL_FORMED, 'return !text.includes("\\0");'),
  lenient("accepts-half-of-a-letter", "utf16-odd-byte", "  if (bytes.length % 2 !== 0 || !(", "  if (bytes.length === 0 || !("),
  lenient("accepts-nul-in-utf-16", "utf16-nul", WELL_FORMED, "return text.isWellFormed();"),
  lenient(
    "accepts-surrogates-in-utf-32",
    "utf32-surrogate",
    "codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);",
    "codePoint <= 0x10ffff;",
  ),
];
