import type { SourcePatch } from "@flynn/conformance/mutant";

const inspect = "src/skills/content/inspect-content.ts";
const signatures = "src/skills/content/find-signature.ts";
const encoding = "src/skills/content/text-encoding.ts";
const scanFile = "src/skills/scan-file.ts";
const FINDS = "  const signature = findSignature(bytes);";
const SIGNED = "  if (signature) return opaque(contentRules[signature.kind],";
const REPORTS = "  if (content.finding) ledger.report(content.finding);";

/** What is wrong with what a file is taken for. */
export const contentMutants: readonly SourcePatch[] = [
  {
    id: "calls-executables-bad-text",
    kills: ["SCAN-017"],
    message: "elf-called-markdown",
    file: inspect,
    find: SIGNED,
    replace: '  if (signature?.kind === "executable") return opaque(contentRules.nul, "There is a NUL byte");\n' + SIGNED,
  },
  {
    id: "looks-at-executables-by-extension",
    kills: ["SCAN-017"],
    message: "a Windows executable that is called",
    file: inspect,
    find: SIGNED,
    replace:
      '  if (signature && /\\.(?:txt|md|py|png|json)$/u.test(path) && signature.asset === undefined) return opaque(contentRules.nul, "There is a NUL byte");\n' +
      SIGNED,
  },
  {
    id: "takes-bytecode-for-bad-text",
    kills: ["SCAN-017"],
    message: "python-bytecode",
    file: inspect,
    find: SIGNED,
    replace: '  if (signature?.kind === "bytecode") return opaque(contentRules.nul, "There is a NUL byte");\n' + SIGNED,
  },
  {
    id: "takes-archives-for-bad-text",
    kills: ["SCAN-017"],
    message: "category binary",
    file: inspect,
    find: SIGNED,
    replace: '  if (signature?.kind === "archive") return opaque(contentRules.nul, "There is a NUL byte");\n' + SIGNED,
  },
  {
    id: "looks-for-archives-at-the-start-only",
    kills: ["SCAN-017"],
    message: "zip-behind-",
    file: inspect,
    find: "  if (archive !== null) return opaque(contentRules.archive, `It is ${archive}, whatever it is called`);",
    replace: '  if (archive !== null) return opaque(contentRules.nul, "There is a NUL byte");',
  },
  {
    id: "looks-for-nul-in-the-first-kilobytes",
    kills: ["SCAN-018"],
    message: "nul-late",
    file: encoding,
    find: "!bytes.includes(0) && isUtf8(bytes)",
    replace: "!bytes.subarray(0, 8_192).includes(0) && isUtf8(bytes)",
  },
  {
    id: "looks-for-nul-in-the-first-half-megabyte",
    kills: ["SCAN-018"],
    message: "nul-very-late",
    file: encoding,
    find: "!bytes.includes(0) && isUtf8(bytes)",
    replace: "!bytes.subarray(0, 524_288).includes(0) && isUtf8(bytes)",
  },
  {
    id: "takes-latin-1-for-text",
    kills: ["SCAN-018"],
    message: "latin1-text",
    file: encoding,
    find: "!bytes.includes(0) && isUtf8(bytes)",
    replace: "!bytes.includes(0) && (isUtf8(bytes) || (bytes.includes(0xe9) && isTextLike(bytes)))",
  },
  {
    id: "decodes-the-first-kilobytes-only",
    kills: ["SCAN-018"],
    message: "invalid-late",
    file: encoding,
    find: "!bytes.includes(0) && isUtf8(bytes)",
    replace: "!bytes.includes(0) && (isUtf8(bytes) || (bytes.length > 8_192 && isTextLike(bytes)))",
  },
  {
    id: "only-notes-what-is-not-utf-8",
    kills: ["SCAN-018"],
    message: "whose action is warn or reject",
    file: "src/skills/rules/content-rules.ts",
    find: '    action: "warn",',
    replace: '    action: "note",',
  },
  {
    id: "trusts-the-examples-folder",
    kills: ["SCAN-031"],
    message: "payloads-in-trusted-folders",
    file: scanFile,
    find: REPORTS,
    replace: '  if (content.finding && !file.path.startsWith("examples/")) ledger.report(content.finding);',
  },
  {
    id: "trusts-files-called-license",
    kills: ["SCAN-031"],
    message: "payloads-under-trusted-names",
    file: scanFile,
    find: REPORTS,
    replace: '  if (content.finding && file.path !== "LICENSE") ledger.report(content.finding);',
  },
  {
    id: "obeys-a-marker-in-the-text",
    kills: ["SCAN-031"],
    message: "payload-behind-marker",
    file: scanFile,
    find: REPORTS,
    replace: '  if (content.finding && !bytes.includes("skill-scan: ignore-file")) ledger.report(content.finding);',
  },
  {
    id: "obeys-an-ignore-file-in-the-skill",
    kills: ["SCAN-031"],
    message: "payload-in-ignore-files",
    file: scanFile,
    find: REPORTS,
    replace: '  if (content.finding && ledger.kindOf(".skillignore") === null) ledger.report(content.finding);',
  },
  {
    id: "obeys-a-policy-in-the-skill",
    kills: ["SCAN-031"],
    message: "asset-in-own-policy",
    file: scanFile,
    find: REPORTS,
    replace:
      '  if (content.finding && !(ledger.kindOf(".skillscanner.json") === "file" && file.path.endsWith(".png"))) ledger.report(content.finding);',
  },
  {
    id: "believes-that-a-skill-is-trusted",
    kills: ["SCAN-031"],
    message: "payload-in-trusted-skill",
    file: scanFile,
    find: REPORTS,
    replace: '  if (content.finding && ledger.kindOf("SECURITY.md") === null) ledger.report(content.finding);',
  },
  {
    id: "refuses-empty-files",
    kills: ["SCAN-032"],
    message: "empty-things",
    file: inspect,
    find: FINDS,
    replace: '  if (bytes.length === 0) return opaque(contentRules.blob, "It is empty");\n' + FINDS,
  },
  {
    id: "refuses-texts-that-start-like-a-binary",
    kills: ["SCAN-032"],
    message: "text-that-starts-like-binary",
    file: signatures,
    find: "!(signature.unlessText === true && isTextLike(bytes))",
    replace: "(signature.unlessText !== undefined || !isTextLike(bytes))",
  },
  {
    id: "refuses-long-lines",
    kills: ["SCAN-032"],
    message: "one-long-line",
    file: inspect,
    find: FINDS,
    replace: '  if (bytes.length > 90_000 && bytes.indexOf(10) > 90_000) return opaque(contentRules.blob, "It has a long line");\n' + FINDS,
  },
  {
    id: "refuses-the-replacement-character",
    kills: ["SCAN-032"],
    message: "replacement-character",
    file: inspect,
    find: FINDS,
    replace: '  if (bytes.includes("\\uFFFD")) return opaque(contentRules.blob, "It could not be decoded");\n' + FINDS,
  },
  {
    id: "decodes-in-blocks",
    kills: ["SCAN-032"],
    message: "characters-across-blocks",
    file: inspect,
    find: FINDS,
    replace:
      '  if (bytes.subarray(0, 65_536).toString().endsWith("\\uFFFD")) return opaque(contentRules.blob, "It could not be decoded");\n' +
      FINDS,
  },
  {
    id: "refuses-names-with-an-emoji",
    kills: ["SCAN-032"],
    message: "emoji-names",
    file: "src/skills/names/unsafe-characters.ts",
    find: "  if (!isUtf8(name))",
    replace: '  if (name.includes("\\u{1F680}")) return { rule: treeRules.characters, what: "There is an emoji" };\n  if (!isUtf8(name))',
  },
  {
    id: "refuses-signs-in-the-style-of-a-text",
    kills: ["SCAN-032"],
    message: "text-style-signs",
    file: inspect,
    find: FINDS,
    replace: '  if (bytes.includes("\\uFE0E")) return opaque(contentRules.blob, "There is a variation selector");\n' + FINDS,
  },
  {
    id: "refuses-soft-hyphens",
    kills: ["SCAN-032"],
    message: "soft-hyphens-in-prose",
    file: inspect,
    find: FINDS,
    replace: '  if (bytes.includes("\\u00AD")) return opaque(contentRules.blob, "There is a soft hyphen");\n' + FINDS,
  },
  {
    id: "refuses-full-width-letters",
    kills: ["SCAN-032"],
    message: "full-width-letters",
    file: inspect,
    find: FINDS,
    replace: '  if (bytes.includes("\\uFF22")) return opaque(contentRules.blob, "There is a letter of full width");\n' + FINDS,
  },
];
