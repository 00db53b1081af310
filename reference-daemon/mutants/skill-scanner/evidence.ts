import type { SourcePatch } from "@flynn/conformance/mutant";

const shows = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-013"],
  message,
  file: "src/text/printable.ts",
  find,
  replace,
});

/** What is wrong with how text from a skill is shown. */
export const evidenceMutants: readonly SourcePatch[] = [
  shows(
    "cuts-characters-in-half",
    "escaped-manifest-long-key",
    "return `${printed}…`;",
    "return `${(printed + shown).slice(0, limit - 1)}…`;",
  ),
  shows("shows-soft-hyphens", "\\xc2\\xad", "\\u00AD", ""),
  shows("shows-line-separators", "\\xe2\\x80\\xa8", "\\u2028-\\u202E", "\\u202A-\\u202E"),
  shows("shows-private-use", "\\xee\\x80\\x80", "\\uE000-\\uF8FF", ""),
  shows("shows-tags", "\\xf3\\xa0\\x81\\x81", "\\u{E0000}-\\u{E0FFF}", ""),
  shows(
    "shows-a-tab-for-a-line-feed",
    "\\x09",
    "    const shown = UNPRINTABLE",
    '    const shown = character === "\\n" ? "\\t" : UNPRINTABLE',
  ),
];
