import fc from "fast-check";
import { expect, test } from "vitest";

import { treeDigest } from "./tree-digest.ts";

type Entry = Parameters<typeof treeDigest>[0][number];

const file = (path: string, bytes: number, sha256: string): Entry => ({ path, kind: "file", bytes, sha256 });

/** Worked out with another language's sha256 over lines written by hand, so that no mistake in the code can be in here too. */
const golden: readonly Entry[] = [
  file("SKILL.md", 38, "a070d8b3492819ca66b711dd789dea965fef06dbf9bc9a53e53b0556ea141c69"),
  { path: "docs", kind: "directory", bytes: 0, sha256: null },
  file("docs/a.txt", 1, "559aead08264d5795d3909718cdd05abd49572e84fe55590eef31a88a08fdffd"),
  file("docs-b.txt", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  { path: "link", kind: "link", bytes: 0, sha256: null },
  { path: "a\\x0ab", kind: "special", bytes: 0, sha256: null },
  file("日.md", 1, "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"),
  // By UTF-16 units the emoji sorts before the full-width sign; by bytes after it.
  file("😀.md", 1, "a1fce4363854ff888cff4b8e7875d600c2682390412a8cf79b37d0b11148b0fa"),
  file("！.md", 1, "594e519ae499312b29433b7dd8a97ff068defcba9755b6d5d00e84c524d67b06"),
];

test("the digest of a tree with one entry of each kind is the one that another language worked out", () => {
  expect(treeDigest(golden)).toBe("4480de099dd61916c07c07682d596d2e6f2a39681d4395e000e4480b5662614f");
});

test("the digest of no entries is the sha256 of nothing", () => {
  expect(treeDigest([])).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
});

test("the order of the entries does not matter", () => {
  fc.assert(
    fc.property(fc.shuffledSubarray([...golden], { minLength: golden.length }), (shuffled) => {
      expect(treeDigest(shuffled)).toBe(treeDigest(golden));
    }),
  );
});

const changes: Readonly<Record<string, (entry: Entry) => Entry>> = {
  path: (entry) => ({ ...entry, path: `${entry.path}x` }),
  kind: (entry) => ({ ...entry, kind: entry.kind === "special" ? "link" : "special" }),
  size: (entry) => ({ ...entry, bytes: entry.bytes + 1 }),
  content: (entry) => ({ ...entry, sha256: "0".repeat(64) }),
};

for (const [member, change] of Object.entries(changes)) {
  test(`another ${member} of any one entry is another digest`, () => {
    const digests = golden.map((_, changed) => treeDigest(golden.map((entry, index) => (index === changed ? change(entry) : entry))));
    expect(new Set([...digests, treeDigest(golden)]).size).toBe(golden.length + 1);
  });
}
