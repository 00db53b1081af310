import type { SourcePatch } from "@flynn/conformance/mutant";

const names = "src/skills/names/check-names.ts";
const sizes = "src/skills/tree/size-limits.ts";
const walk = "src/skills/tree/walk-tree.ts";

const path = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-014"],
  message,
  file: names,
  find,
  replace,
});
const size = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-015"],
  message,
  file: sizes,
  find,
  replace,
});

/** What is wrong at a limit, or just above it. */
export const limitMutants: readonly SourcePatch[] = [
  path("refuses-the-deepest-level", "depth-at-", "if (depth > limits.depth)", "if (depth >= limits.depth)"),
  path("allows-one-level-too-many", "depth-above", "if (depth > limits.depth)", "if (depth > limits.depth + 1)"),
  path("refuses-the-longest-path", "path-at-", "if (pathBytes > limits.pathBytes)", "if (pathBytes >= limits.pathBytes)"),
  path("allows-a-path-one-byte-too-long", "path-above", "if (pathBytes > limits.pathBytes)", "if (pathBytes > limits.pathBytes + 1)"),
  path("refuses-the-longest-name", "name-at-", "if (name.length > limits.nameBytes)", "if (name.length >= limits.nameBytes)"),
  path(
    "counts-a-name-in-characters",
    "that are 43 characters",
    "if (name.length > limits.nameBytes)",
    "if (name.toString().length > limits.nameBytes)",
  ),
  {
    id: "counts-a-path-in-characters",
    kills: ["SCAN-014"],
    message: "that are 21 characters",
    file: walk,
    find: "pathBytes: isTop ? name.length : folder.pathBytes + 1 + name.length,",
    replace: "pathBytes: isTop ? name.toString().length : folder.pathBytes + 1 + name.toString().length,",
  },
  path(
    "has-its-own-limit-for-names",
    "name-above-limit",
    "if (name.length > limits.nameBytes)",
    "if (name.length > Math.max(128, limits.nameBytes))",
  ),
  path("has-its-own-limit-for-depth", "depth-above-default", "if (depth > limits.depth)", "if (depth > Math.min(12, limits.depth))"),
  size("refuses-the-last-file", "files", "if (this.#files > files)", "if (this.#files >= files)"),
  size("allows-one-file-too-many", "files-above-limit", "if (this.#files > files)", "if (this.#files > files + 1)"),
  size(
    "allows-one-folder-too-many",
    "directories-above-limit",
    "if (this.#directories > this.#limits.directories)",
    "if (this.#directories > this.#limits.directories + 1)",
  ),
  size(
    "refuses-the-last-folder",
    "directories-at-limit",
    "if (this.#directories > this.#limits.directories)",
    "if (this.#directories >= this.#limits.directories)",
  ),
  size("refuses-the-largest-file", "file-bytes-at-limit", "if (bytes > fileBytes)", "if (bytes >= fileBytes)"),
  size("allows-a-file-one-byte-too-large", "file-bytes-above", "if (bytes > fileBytes)", "if (bytes > fileBytes + 1)"),
  size("has-its-own-limit-for-files", "wider-file-bytes", "if (bytes > fileBytes)", "if (bytes > Math.min(1_048_576, fileBytes))"),
  size("refuses-the-largest-total", "total-bytes-at-limit", "if (this.#totalBytes > totalBytes)", "if (this.#totalBytes >= totalBytes)"),
  size(
    "allows-a-total-one-byte-too-large",
    "total-bytes-above",
    "if (this.#totalBytes > totalBytes)",
    "if (this.#totalBytes > totalBytes + 1)",
  ),
  size("refuses-the-largest-skill-file", "skill-file-bytes-at-limit", "bytes > skillFileBytes", "bytes >= skillFileBytes"),
  size("has-no-limit-for-the-skill-file", "skill-file-bytes-above", "bytes > skillFileBytes", "bytes > fileBytes"),
  size("refuses-the-largest-manifest", "manifest-bytes-at-limit", "bytes > manifestBytes", "bytes >= manifestBytes"),
  size("has-no-limit-for-the-manifest", "manifest-bytes-above", "bytes > manifestBytes", "bytes > fileBytes"),
  size(
    "refuses-the-largest-front-matter",
    "front-matter-bytes-at-limit",
    "if (bytes > frontmatterBytes)",
    "if (bytes >= frontmatterBytes)",
  ),
  size(
    "allows-front-matter-one-byte-too-large",
    "front-matter-bytes-above",
    "if (bytes > frontmatterBytes)",
    "if (bytes > frontmatterBytes + 2)",
  ),
  {
    id: "reports-every-file-above-a-limit",
    kills: ["SCAN-015"],
    message: "exactly one finding of category size",
    file: walk,
    find: "  context.sizes.countFile(file.path, bytesOf(file));",
    replace:
      "  try {\n    context.sizes.countFile(file.path, bytesOf(file));\n  } catch (error) {\n    if (!(error instanceof LimitBreach)) throw error;\n    tree.files.pop();\n    context.ledger.enter(unreadEntry(file));\n    context.ledger.report(error.finding);\n  }",
  },
  {
    id: "calls-a-scan-above-a-limit-complete",
    kills: ["SCAN-015"],
    message: "complete false",
    file: "src/skills/rules/rule.ts",
    find: '["size", "coverage", "internal"]',
    replace: '["coverage", "internal"]',
  },
  {
    id: "reads-the-start-of-a-file-before-it-looks-at-its-size",
    kills: ["SCAN-016"],
    message: "something of it was read",
    file: walk,
    find: "  context.sizes.countFile(file.path, bytesOf(file));",
    replace:
      "  try {\n    const descriptor = context.fileSystem.open(file.location);\n    context.fileSystem.read(descriptor, Buffer.alloc(64), 0, 64);\n    context.fileSystem.close(descriptor);\n  } catch {}\n  context.sizes.countFile(file.path, bytesOf(file));",
  },
  {
    id: "reads-a-file-to-its-end-before-it-looks-at-its-size",
    kills: ["SCAN-016"],
    message: "did not come within",
    file: walk,
    find: "  context.sizes.countFile(file.path, bytesOf(file));",
    replace:
      "  const whole = Buffer.alloc(65_536);\n  try {\n    const descriptor = context.fileSystem.open(file.location);\n    while (context.fileSystem.read(descriptor, whole, 0, 65_536) > 0);\n    context.fileSystem.close(descriptor);\n  } catch {}\n  context.sizes.countFile(file.path, bytesOf(file));",
  },
];
