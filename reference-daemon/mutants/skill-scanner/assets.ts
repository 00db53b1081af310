import type { SourcePatch } from "@flynn/conformance/mutant";

const inspect = "src/skills/content/inspect-content.ts";
const inFolder = (type: string): string => `src/skills/assets/${type}.ts`;
const ENDS = 'return cursor.left === 0 ? null : "goes on after its end";';

/** What is wrong with the assets that a policy allows. */
export const assetMutants: readonly SourcePatch[] = [
  {
    id: "allows-every-asset-once-one-is-allowed",
    kills: ["SCAN-019"],
    message: "png-not-in-policy",
    file: inspect,
    find: "assets.has(signature.asset)",
    replace: "assets.size > 0",
  },
  {
    id: "allows-an-asset-by-its-extension",
    kills: ["SCAN-019"],
    message: "elf-called-png",
    file: inspect,
    find: "  const signature = findSignature(bytes);",
    replace:
      '  if (assets.has("png") && path.endsWith(".png")) return { disposition: "read", encoding: null, finding: null };\n  const signature = findSignature(bytes);',
  },
  {
    id: "looks-at-the-first-bytes-of-an-asset-only",
    kills: ["SCAN-019"],
    message: "cut-short",
    file: inspect,
    find: "const problem = assetProblem(signature.asset, bytes);",
    replace: "const problem = bytes.length < 10 ? assetProblem(signature.asset, bytes) : null;",
  },
  {
    id: "allows-more-behind-a-png",
    kills: ["SCAN-019"],
    message: "png-with-text-behind",
    file: inFolder("png"),
    find: ENDS,
    replace: "return null;",
  },
  {
    id: "allows-more-behind-a-gif",
    kills: ["SCAN-019"],
    message: "gif-with-script-behind",
    file: inFolder("gif"),
    find: ENDS,
    replace: "return null;",
  },
  {
    id: "allows-a-webp-that-is-cut-short",
    kills: ["SCAN-019"],
    message: "webp-cut-short",
    file: "src/skills/assets/asset-problem.ts",
    find: "  const problem = checks[type](bytes);",
    replace: '  const problem = type === "webp" ? null : checks[type](bytes);',
  },
  {
    id: "allows-a-font-that-is-cut-short",
    kills: ["SCAN-019"],
    message: "cut-short",
    file: "src/skills/assets/asset-problem.ts",
    find: "  const problem = checks[type](bytes);",
    replace: '  const problem = type === "ttf" || type === "woff2" ? null : checks[type](bytes);',
  },
  {
    id: "allows-more-behind-a-jpeg",
    kills: ["SCAN-019"],
    message: "jpeg-with-text-behind",
    file: inFolder("jpeg"),
    find: ENDS,
    replace: "return null;",
  },
  {
    id: "allows-more-behind-a-ttf",
    kills: ["SCAN-019"],
    message: "ttf-with-text-behind",
    file: inFolder("ttf"),
    find: 'return isPadding(bytes, end, bytes.length) ? null : "goes on after its end";',
    replace: "return null;",
  },
  {
    id: "allows-more-between-the-tables-of-a-font",
    kills: ["SCAN-019"],
    message: "ttf-with-text-between",
    file: inFolder("ttf"),
    find: '    if (!isPadding(bytes, end, table.start)) return "holds data outside of its tables";\n',
    replace: "",
  },
  {
    id: "allows-archives-inside-of-assets",
    kills: ["SCAN-019"],
    message: "-with-zip-inside",
    file: "src/skills/assets/asset-problem.ts",
    find: "  if (archive !== null) return",
    replace: "  if (archive !== null && archive === problem) return",
  },
];
