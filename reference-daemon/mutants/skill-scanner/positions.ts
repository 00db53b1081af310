import type { SourcePatch } from "@flynn/conformance/mutant";

const surroundings = "src/skills/text-rules/contexts/surroundings.ts";
const textPosition = "src/skills/text-position.ts";
const COLUMN = "column: offset - (starts[low] ?? 0) + 1 }";
const LINE = "    return { line: low + 1, column";
const ENDS_LINE = "    if (unit === 0x0a || (unit === 0x0d && text.charCodeAt(index + 1) !== 0x0a)) starts.push(index + 1);";
const REPORTED = "  for (const found of yield* examineText({ path, installerHosts, ...searchable })) ledger.report(found);";

/** Places that are told otherwise, in some files. */
const places = (id: string, message: string, condition: string, place: string): SourcePatch => ({
  id,
  kills: ["SCAN-058"],
  message,
  file: "src/skills/scan-file.ts",
  find: REPORTED,
  replace: `  for (const found of yield* examineText({ path, installerHosts, ...searchable })) ledger.report(${condition} ? { ...found, ${place} } : found);`,
});

/** Ways to count lines and columns that no editor has. */
export const positionMutants: readonly SourcePatch[] = [
  {
    id: "counts-columns-in-code-points",
    kills: ["SCAN-058"],
    message: "behind 200 emoji",
    file: surroundings,
    find: COLUMN,
    replace: "column: Array.from(this.text.slice(starts[low] ?? 0, offset)).length + 1 }",
  },
  {
    id: "counts-a-tab-as-eight-columns",
    kills: ["SCAN-058"],
    message: "behind 200 tabs",
    file: surroundings,
    find: COLUMN,
    replace: 'column: this.text.slice(starts[low] ?? 0, offset).replaceAll("\\t", " ".repeat(8)).length + 1 }',
  },
  {
    id: "counts-lines-in-sixteen-bits",
    kills: ["SCAN-058"],
    message: "below 70,000 line feeds",
    file: surroundings,
    find: LINE,
    replace: "    return { line: Math.max(1, (low + 1) & 0xffff), column",
  },
  {
    id: "counts-line-feeds-only",
    kills: ["SCAN-058"],
    message: "in lines that end in CR",
    file: surroundings,
    find: ENDS_LINE,
    replace: "    if (unit === 0x0a) starts.push(index + 1);",
  },
  {
    id: "counts-separators-as-line-ends",
    kills: ["SCAN-058"],
    message: "below characters that end no line",
    file: surroundings,
    find: ENDS_LINE,
    replace: `${ENDS_LINE}\n    if ([0x0b, 0x0c, 0x85, 0x2028, 0x2029].includes(unit)) starts.push(index + 1);`,
  },
  {
    id: "points-into-what-was-decoded",
    kills: ["SCAN-058"],
    message: "in base64",
    file: "src/skills/text-rules/text-examination.ts",
    find: "isSuspicious: true, sourceOffset: () => origin };",
    replace: "isSuspicious: true, sourceOffset: (offset) => Math.min(offset, origin) };",
  },
  places(
    "counts-from-behind-front-matter",
    "in SKILL.md, below",
    'path === "SKILL.md" && found.line !== null',
    "line: Math.max(1, found.line - 5)",
  ),
  places(
    "counts-a-byte-order-mark-as-a-line",
    "after a byte order mark",
    "bytes[0] === 0xef && found.line !== null",
    "line: found.line + 1",
  ),
  places("counts-columns-in-bytes-of-utf-16", "in UTF-16", "bytes[0] === 0xff && found.column !== null", "column: found.column * 2"),
  places(
    "counts-from-the-start-of-a-fence",
    "in a fence",
    'found.category === "code" && found.line !== null && bytes.includes("```sh\\nset -e\\n")',
    "line: 2",
  ),
  {
    id: "tells-the-first-place-of-a-file",
    kills: ["SCAN-058"],
    message: "below an order",
    file: "src/skills/scan-file.ts",
    find: REPORTED,
    replace:
      "  const all = yield* examineText({ path, installerHosts, ...searchable });\n  const first = Math.min(...all.map(({ line }) => line ?? 1));\n  for (const found of all) ledger.report({ ...found, line: first });",
  },
  {
    id: "counts-cr-and-lf-as-two-line-ends",
    kills: ["SCAN-058"],
    message: "the manifest",
    file: textPosition,
    find: "(unit === 0x0d && text.charCodeAt(index + 1) !== 0x0a)",
    replace: "unit === 0x0d",
  },
  {
    id: "points-before-the-key-of-a-manifest",
    kills: ["SCAN-058"],
    message: "the manifest",
    file: "src/skills/manifest/check-manifest.ts",
    find: "position: positionAt(text, offset) }));",
    replace: 'position: positionAt(text, Math.max(0, text.lastIndexOf("\\n", offset - 1))) }));',
  },
  {
    id: "counts-from-the-fence-of-front-matter",
    kills: ["SCAN-058"],
    message: "the front matter",
    file: "src/skills/frontmatter/check-frontmatter.ts",
    find: "positionAt(text, span.start + offset)",
    replace: "positionAt(text, offset)",
  },
];
