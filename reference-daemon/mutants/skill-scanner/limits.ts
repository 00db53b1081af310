import type { SourcePatch } from "@flynn/conformance/mutant";

const names = "src/skills/names/check-names.ts";
const sizes = "src/skills/tree/size-limits.ts";
const walk = "src/skills/tree/walk-tree.ts";

const frontmatter = "src/skills/frontmatter/check-frontmatter.ts";
const DEFAULTS = "  return { ...DEFAULT_LIMITS, ...Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined)) };";

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

const widens = (id: string, row: string, message: string, limit: string): SourcePatch => ({
  id,
  kills: [row],
  message,
  file: "src/skills/scan-request.ts",
  find: DEFAULTS,
  replace: `${DEFAULTS.replace("  return", "  const limits =")}\n  return { ...limits, ${limit} };`,
});
const yaml = (id: string, message: string, counted: string): SourcePatch => ({
  id,
  kills: ["SCAN-015"],
  message,
  file: frontmatter,
  find: "sizes.checkFrontmatter(path, Buffer.byteLength(yaml));",
  replace: `sizes.checkFrontmatter(path, ${counted});`,
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
  path(
    "measures-the-paths-of-files-only",
    "folder-path-above-limit",
    "if (pathBytes > limits.pathBytes)",
    'if (entry.kind === "file" && pathBytes > limits.pathBytes)',
  ),
  widens("widens-depth-to-twenty-levels", "SCAN-014", "60 levels deep", "depth: Math.min(20, limits.depth)"),
  widens("widens-names-to-two-hundred-bytes", "SCAN-014", "a name of 255 bytes", "nameBytes: Math.min(200, limits.nameBytes)"),
  widens("widens-paths-to-a-kibibyte", "SCAN-014", "a path of 2,000 bytes", "pathBytes: Math.min(1_024, limits.pathBytes)"),
  widens("takes-the-largest-limit-for-none-at-all", "SCAN-015", "sets every limit to", "files: limits.files > 2 ** 33 ? 0 : limits.files"),
  size("exempts-the-skill-file", "skill-file-above-file-bytes", "if (bytes > fileBytes)", "if (bytes > fileBytes && path !== SKILL_FILE)"),
  size("exempts-the-manifest", "manifest-above-file-bytes", "if (bytes > fileBytes)", "if (bytes > fileBytes && path !== MANIFEST_FILE)"),
  size(
    "takes-every-file-of-its-name-for-the-skill-file",
    "large-files-of-the-same-names-below",
    "path === SKILL_FILE && bytes",
    "path.endsWith(SKILL_FILE) && bytes",
  ),
  size(
    "takes-every-file-of-its-name-for-the-manifest",
    "large-files-of-the-same-names-below",
    "path === MANIFEST_FILE && bytes",
    "path.endsWith(MANIFEST_FILE) && bytes",
  ),
  size("does-not-count-empty-files", "files-of-all-kinds-above-limit", "    this.#files += 1;", "    if (bytes > 0) this.#files += 1;"),
  size(
    "does-not-count-files-with-a-dot-before-their-name",
    "files-of-all-kinds-above-limit",
    "    this.#files += 1;",
    "    if (!/(?:^|\\/)\\.[^/]+$/u.test(path)) this.#files += 1;",
  ),
  size(
    "does-not-count-the-bytes-of-pictures",
    "total-bytes-with-asset-above-limit",
    "    this.#totalBytes += bytes;",
    '    if (!path.endsWith(".png")) this.#totalBytes += bytes;',
  ),
  {
    id: "does-not-count-folders-with-a-dot-before-their-name",
    kills: ["SCAN-015"],
    message: "folders-of-all-kinds-above-limit",
    file: walk,
    find: "  sizes.countDirectory();",
    replace: "  if (directory.name[0] !== 0x2e) sizes.countDirectory();",
  },
  yaml("counts-front-matter-in-characters", "front-matter-in-characters-above-limit", "yaml.length"),
  yaml(
    "counts-front-matter-without-its-returns",
    "front-matter-with-returns-above-limit",
    'Buffer.byteLength(yaml.replaceAll("\\r\\n", "\\n"))',
  ),
  yaml(
    "counts-front-matter-without-its-last-line-end",
    "front-matter-above-limit-with-its-last-line-feed",
    "Buffer.byteLength(yaml.trimEnd())",
  ),
];
