import type { SourcePatch } from "@flynn/conformance/mutant";

const permissions = "src/skills/manifest/permissions.ts";
const manifest = "src/skills/manifest/check-manifest.ts";
const VOCABULARY = "const vocabulary = intent ? new Set(intent.permissions) : null;";
const NO_LIST = '  if (permissions.type !== "array") return [';
const WILDCARD = 'if (value.includes("*")) return [';

const careless = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-021"],
  message,
  file: permissions,
  find,
  replace,
});

/** What is wrong with manifests that are empty, wide or elsewhere, and with permissions that nobody routes to or asks for. */
export const manifestFormMutants: readonly SourcePatch[] = [
  careless(
    "accepts-unknown-permissions-of-what-is-not-routed",
    "permissions-unknown-not-routed",
    VOCABULARY,
    VOCABULARY.replace("intent ?", "intent?.routed ?"),
  ),
  careless(
    "checks-no-shape-without-an-intent",
    "permissions-string-without-intent",
    NO_LIST,
    `  if (intent === undefined) return [];\n${NO_LIST}`,
  ),
  careless(
    "takes-null-for-no-permissions",
    "permissions-null-not-routed",
    NO_LIST,
    `  if (permissions.type === "scalar" && permissions.value === null && !intent?.routed) return [];\n${NO_LIST}`,
  ),
  careless(
    "looks-at-twenty-permissions",
    "permissions-unknown-after-twenty",
    "permissions.elements.flatMap(",
    "permissions.elements.slice(0, 20).flatMap(",
  ),
  careless("knows-one-wildcard", "permissions-prefix-wildcard-in-vocabulary", WILDCARD, 'if (value === "*") return ['),
  careless(
    "accepts-a-wildcard-without-an-intent",
    "permissions-wildcard-without-intent",
    WILDCARD,
    'if (vocabulary !== null && value.includes("*")) return [',
  ),
  {
    id: "takes-an-empty-manifest-for-none",
    kills: ["SCAN-022"],
    message: "json-empty-not-routed",
    file: manifest,
    find: "  let root: JsonNode;",
    replace: '  if (text === "" && !intent?.routed) return [];\n  let root: JsonNode;',
  },
  {
    id: "does-not-check-a-wide-manifest",
    kills: ["SCAN-022"],
    message: "json-utf16-with-duplicate-key",
    file: manifest,
    find: 'if (text === null) return [finding(manifestRules.syntax, { path, what: "It is not UTF-8 text" })];',
    replace: "if (text === null) return [];",
  },
  {
    id: "takes-any-manifest-for-that-of-the-skill",
    kills: ["SCAN-032"],
    message: "manifest-of-another-program",
    file: "src/skills/file-passes.ts",
    find: "(file.path === MANIFEST_FILE ? checkManifest",
    replace: "(file.path.endsWith(MANIFEST_FILE) ? checkManifest",
  },
];
