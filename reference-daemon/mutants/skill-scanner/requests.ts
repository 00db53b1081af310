import type { SourcePatch } from "@flynn/conformance/mutant";

const scanner = "src/skills/skill-scanner.ts";
const request = "src/skills/scan-request.ts";
const surroundings = "src/skills/text-rules/contexts/surroundings.ts";
const RULES = "    return ruleCatalogue.map((rule) => this.#actions.describe(rule));";
const RESULT = "    return ledger.result(this.#info, ";
const LEDGER = "    const ledger = new ScanLedger(this.#actions);";
const DEFAULTS = "  return { ...DEFAULT_LIMITS, ...";
/** What an instance keeps for a folder: the value of the first scan of it. */
const firstOf = (member: string): string =>
  `((kept: Map<string, typeof ${member}>) => (kept.has(root.toString()) ? kept : kept.set(root.toString(), ${member})).get(root.toString()))((this as { ${member}Of?: Map<string, typeof ${member}> }).${member}Of ??= new Map())`;

/** What a request says is taken for something else, or what a scan is told is kept for the next one; and positions. */
export const requestMutants: readonly SourcePatch[] = [
  {
    id: "remembers-that-a-folder-was-refused",
    kills: ["SCAN-001"],
    message: "and then without",
    file: scanner,
    find: RESULT,
    replace: `    const shared = this as { refused?: Set<string> };\n    const refused = (shared.refused ??= new Set());\n    if (refused.has(root.toString())) ledger.markIncomplete();\n    if (!ledger.result(this.#info, { skillName, entries: [], now: 0 }).complete) refused.add(root.toString());\n${RESULT}`,
  },
  {
    id: "has-its-own-limit-for-paths",
    kills: ["SCAN-014"],
    message: "sets pathBytes to 480",
    file: "src/skills/names/check-names.ts",
    find: "if (pathBytes > limits.pathBytes)",
    replace: "if (pathBytes > Math.min(240, limits.pathBytes))",
  },
  {
    id: "has-its-own-limit-for-manifests",
    kills: ["SCAN-015"],
    message: "sets manifestBytes to",
    file: "src/skills/tree/size-limits.ts",
    find: "bytes > manifestBytes",
    replace: "bytes > Math.min(65_536, manifestBytes)",
  },
  {
    id: "lifts-a-limit-where-another-is-given",
    kills: ["SCAN-015"],
    message: "where the request says nothing of it",
    file: request,
    find: DEFAULTS,
    replace: "  return { ...DEFAULT_LIMITS, ...(Object.keys(given).length === 1 ? { totalBytes: 2 ** 40 } : {}), ...",
  },
  {
    id: "has-no-default-for-front-matter",
    kills: ["SCAN-015"],
    message: "default-front-matter-bytes-above",
    file: request,
    find: DEFAULTS,
    replace: "  return { ...DEFAULT_LIMITS, frontmatterBytes: 250_000, ...",
  },
  {
    id: "tells-of-two-limits-at-once",
    kills: ["SCAN-015"],
    message: "exactly one finding of category size",
    file: "src/skills/scan-steps.ts",
    find: "    if (error instanceof LimitBreach) ledger.report(error.finding);",
    replace:
      "    if (error instanceof LimitBreach && context.limits.totalBytes === 1) ledger.report(error.finding);\n    if (error instanceof LimitBreach) ledger.report(error.finding);",
  },
  {
    id: "keeps-the-widest-limit-of-a-folder",
    kills: ["SCAN-015"],
    message: "and then with a limit of one file",
    file: scanner,
    find: "      sizes: new SizeLimits(limits),",
    replace:
      "      sizes: new SizeLimits(((wide: Set<string>) => {\n        if (limits.files >= 500) wide.add(root.toString());\n        return wide.has(root.toString()) ? { ...limits, files: 500 } : limits;\n      })((this as { wide?: Set<string> }).wide ??= new Set())),",
  },
  {
    id: "keeps-the-vocabulary-of-a-folder",
    kills: ["SCAN-021"],
    message: "a vocabulary that lacks its permission",
    file: scanner,
    find: "      intent,",
    replace: `      intent: ${firstOf("intent")},`,
  },
  {
    id: "keeps-the-allowed-assets-of-a-folder",
    kills: ["SCAN-019"],
    message: "a policy that names no asset",
    file: scanner,
    find: "      assets,",
    replace: `      assets: ${firstOf("assets")} ?? assets,`,
  },
  {
    id: "judges-no-texts-where-there-is-an-intent",
    kills: ["SCAN-046"],
    message: "with an intent",
    file: scanner,
    find: LEDGER,
    replace: `${LEDGER}\n    const report = ledger.report.bind(ledger);\n    const ofTexts = ["secret", "injection", "hidden-text", "code", "autorun"];\n    if (intent) ledger.report = (finding) => (ofTexts.includes(finding.category) ? undefined : report(finding));`,
  },
  {
    id: "calls-rules-about-credentials-suppressible",
    kills: ["SCAN-054"],
    message: "suppressible true for",
    file: scanner,
    find: RULES,
    replace:
      '    return ruleCatalogue.map((rule) => ({ ...this.#actions.describe(rule), ...(rule.category === "secret" ? { suppressible: true } : {}) }));',
  },
  {
    id: "counts-lines-from-nought",
    kills: ["SCAN-058"],
    message: "at line 6",
    file: surroundings,
    find: "    return { line: low + 1, column",
    replace: "    return { line: Math.max(1, low), column",
  },
  {
    id: "counts-columns-in-bytes",
    kills: ["SCAN-058"],
    message: "behind wide characters",
    file: surroundings,
    find: "column: offset - (starts[low] ?? 0) + 1 }",
    replace: "column: Buffer.byteLength(this.text.slice(starts[low] ?? 0, offset)) + 1 }",
  },
  {
    id: "resolves-a-relative-root",
    kills: ["SCAN-059"],
    message: "with root as",
    file: request,
    find: '  if (!isAbsolute(root)) throw invalid("root: must be an absolute path");',
    replace: '  if (!isAbsolute(root) && root === "") throw invalid("root: must be an absolute path");',
  },
  {
    id: "ignores-what-it-does-not-know-in-a-request",
    kills: ["SCAN-059"],
    message: "with a member trusted",
    file: request,
    find: "scanRequestSchema.safeParse(request);",
    replace: "scanRequestSchema.strip().safeParse(request);",
  },
  {
    id: "takes-null-for-a-member-that-is-left-out",
    kills: ["SCAN-059"],
    message: "skillName as null",
    file: request,
    find: "scanRequestSchema.safeParse(request);",
    replace:
      'scanRequestSchema.safeParse(request && typeof request === "object" && !Array.isArray(request) ? Object.fromEntries(Object.entries(request).filter(([, member]) => member !== null)) : request);',
  },
  {
    id: "leaves-out-suppressions-that-break-their-schema",
    kills: ["SCAN-059"],
    message: "policy.suppressions[0].rule left out",
    file: request,
    find: "  const parsed = scanRequestSchema.safeParse(request);",
    replace:
      '  const whole = scanRequestSchema.safeParse(request);\n  const isOfSuppressions = !whole.success && whole.error.issues.every(({ path }) => path[1] === "suppressions" && path.length > 2);\n  const parsed = isOfSuppressions ? scanRequestSchema.safeParse({ ...request, policy: { ...request.policy, suppressions: [] } }) : whole;',
  },
  {
    id: "refuses-an-asset-that-is-named-twice",
    kills: ["SCAN-059"],
    message: "an asset named twice",
    file: request,
    find: '  if (!isAbsolute(root)) throw invalid("root: must be an absolute path");',
    replace:
      '  if (!isAbsolute(root)) throw invalid("root: must be an absolute path");\n  if (policy?.assets && new Set(policy.assets).size < policy.assets.length) throw invalid("policy.assets: named twice");',
  },
  {
    id: "trims-the-root-of-a-request",
    kills: ["SCAN-059"],
    message: 'root as " /',
    file: request,
    find: "scanRequestSchema.safeParse(request);",
    replace: 'scanRequestSchema.safeParse(typeof request?.root === "string" ? { ...request, root: request.root.trim() } : request);',
  },
];
