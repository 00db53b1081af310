import { execFile } from "node:child_process";
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { expect, test } from "vitest";
import * as z from "zod";

const oxlint = join(dirname(createRequire(import.meta.url).resolve("oxlint/package.json")), "bin/oxlint");

const report = z.object({ diagnostics: z.array(z.object({ code: z.string().optional(), filename: z.string() })) });

const config = {
  jsPlugins: [join(import.meta.dirname, "plugin.ts")],
  categories: { correctness: "off" },
  rules: {
    "house/no-grab-bag-file": "error",
    "house/no-export-all": "error",
    "house/no-cross-package-relative-import": "error",
    "house/no-bare-json-parse": "error",
  },
};

const JSON_PARSE = "house(no-bare-json-parse)";
const CROSS = "house(no-cross-package-relative-import)";

/** Each file of a small workspace, and the one rule that it breaks, if any. */
const files: readonly (readonly [string, string, string | undefined])[] = [
  ["a/package.json", "{}", undefined],
  ["b/package.json", "{}", undefined],
  ["a/src/helpers.ts", "export const a = 1;\n", "house(no-grab-bag-file)"],
  ["a/src/string-utils.ts", "export const a = 1;\n", undefined],
  ["a/src/utils.test.ts", "export const a = 1;\n", "house(no-grab-bag-file)"],
  ["a/src/all.ts", 'export * from "./all-of-it.ts";\n', "house(no-export-all)"],
  ["a/src/namespace.ts", 'export * as everything from "./all-of-it.ts";\n', "house(no-export-all)"],
  ["a/src/named.ts", 'export { one } from "./all-of-it.ts";\n', undefined],
  ["a/src/over.ts", 'import { b } from "../../b/src/b.ts";\nexport const over = b;\n', CROSS],
  ["a/src/type-over.ts", 'export type { B } from "../../b/src/b.ts";\n', CROSS],
  ["a/src/later-over.ts", 'export const later = () => import("../../b/src/b.ts");\n', CROSS],
  ["a/src/deep/within.ts", 'import { a } from "../named.ts";\nexport const within = a;\n', undefined],
  ["a/src/bare.ts", "export const bare = (text: string): unknown => JSON.parse(text);\n", JSON_PARSE],
  ["a/src/checked.ts", "export const checked = (text: string) => schema.safeParse(JSON.parse(text));\n", undefined],
  ["a/src/revived.ts", "export const revived = (text: string) => other.decode(JSON.parse(text));\n", JSON_PARSE],
  [
    "a/src/reason.ts",
    "// JSON.parse: our own file, written by the line above.\nexport const mine = (text: string): unknown => JSON.parse(text);\n",
    undefined,
  ],
  ["a/src/no-reason.ts", "// JSON.parse:\nexport const mine = (text: string): unknown => JSON.parse(text);\n", JSON_PARSE],
];

test("each house rule finds its defect and nothing else", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-house-rules-"));
  writeFileSync(join(folder.path, "oxlintrc.json"), JSON.stringify(config));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder.path, path)), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  }
  const stdout = await lint(folder.path);
  const { diagnostics } = report.parse(JSON.parse(stdout));
  const found = diagnostics.map(({ filename, code }) => `${filename} ${code}`).toSorted();
  expect(found).toEqual(files.flatMap(([path, , code]) => (code === undefined ? [] : [`${path} ${code}`])).toSorted());
});

function lint(folder: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [oxlint, "-c", "oxlintrc.json", "-f", "json", "."], { cwd: folder }, (_error, stdout) => resolve(stdout));
  });
}
