import type { SourcePatch } from "@flynn/conformance/mutant";

const walk = "src/skills/tree/walk-tree.ts";
const scanner = "src/skills/skill-scanner.ts";
const fs = 'process.getBuiltinModule("node:fs")';
const RESULT = "    return ledger.result(this.#info, { skillName, entries: suppressions, now: this.#clock.wall() });";
const RUN = "    await this.#pacing.run(scanSteps(context, root), options.signal);";

/** What is returned in place of the right `result`. */
const returning = (id: string, row: string, message: string, changed: string): SourcePatch => ({
  id,
  kills: [row],
  message,
  file: scanner,
  find: RESULT,
  replace: `${RESULT.replace("return", "const result =")}\n${changed}`,
});
/** With a member of its entries or its findings made another one. */
const listing = (id: string, row: string, message: string, list: "inventory" | "findings", changed: string): SourcePatch =>
  returning(id, row, message, `    return { ...result, ${list}: result.${list}.map((entry) => ${changed}) };`);
const lstat = `${fs}.lstatSync(Buffer.concat([root, Buffer.from("/" + entry.path)]))`;

/** What has no say does: modes, holes, names of folders above, the instance, and scans that were before or are at the same time. */
export const circumstanceMutants: readonly SourcePatch[] = [
  returning(
    "puts-modes-into-the-digest",
    "SCAN-002",
    "executable-files",
    `    const isExecutable = result.complete && result.inventory.some((entry) => entry.kind === "file" && !entry.path.includes("\\\\") && ${lstat}.mode & 0o111);\n    return isExecutable ? { ...result, treeDigest: "0".repeat(64) } : result;`,
  ),
  {
    id: "leaves-opaque-files-out-of-the-digest",
    kills: ["SCAN-002"],
    message: "opaque-file",
    file: "src/skills/scan-ledger.ts",
    find: "treeDigest(inventory)",
    replace: 'treeDigest(inventory.filter(({ disposition }) => disposition !== "opaque"))',
  },
  {
    id: "composes-names",
    kills: ["SCAN-003"],
    message: "decomposed",
    file: walk,
    find: "    path: isTop ? escapedName(name) : `${folder.path}/${escapedName(name)}`,",
    replace: '    path: (isTop ? escapedName(name) : `${folder.path}/${escapedName(name)}`).normalize("NFC"),',
  },
  listing(
    "calls-allowed-assets-opaque",
    "SCAN-003",
    "several-assets",
    "inventory",
    '/\\.(?:png|jpg|woff2)$/u.test(entry.path) && entry.disposition === "read" ? { ...entry, disposition: "opaque" as const } : entry',
  ),
  listing(
    "counts-blocks-for-bytes",
    "SCAN-003",
    "zero bytes that take no room",
    "inventory",
    `entry.bytes > 65_536 && entry.sha256 !== null ? { ...entry, bytes: Math.min(entry.bytes, ${lstat}.blocks * 512) } : entry`,
  ),
  {
    id: "tells-whether-a-link-leads-anywhere",
    kills: ["SCAN-005"],
    message: "put nothing behind the link",
    file: walk,
    find: 'what: "It is a symbolic link" }',
    replace: `what: ${fs}.existsSync(entry.location) ? "It is a symbolic link" : "It is a symbolic link to nothing" }`,
  },
  {
    id: "decodes-the-root",
    kills: ["SCAN-027"],
    message: "with an escape of URLs",
    file: "src/skills/scan-request.ts",
    find: "    root: Buffer.from(normalize(`${root}/`)",
    replace: "    root: Buffer.from(normalize(`${/%[0-9a-f]{2}/iu.test(root) ? decodeURIComponent(root) : root}/`)",
  },
  returning(
    "does-not-judge-what-lies-among-dependencies",
    "SCAN-027",
    "below folders that scanners skip",
    '    return root.includes("/node_modules/") ? { ...result, findings: [] } : result;',
  ),
  {
    id: "has-a-version-of-rules-for-each-instance",
    kills: ["SCAN-027"],
    message: "another instance",
    file: scanner,
    find: "changedVersion(rulesVersion, { actions, installerHosts }) } : SCANNER;",
    replace: "changedVersion(rulesVersion, { actions, installerHosts }) } : { ...SCANNER, rulesVersion: String(performance.now()) };",
  },
  returning(
    "takes-executable-bits-away",
    "SCAN-029",
    "has changed",
    `    for (const entry of result.inventory.filter(({ kind }) => kind === "file")) {\n      try {\n        const { mode } = ${lstat};\n        if (mode & 0o111) ${fs}.chmodSync(Buffer.concat([root, Buffer.from("/" + entry.path)]), mode & ~0o111);\n      } catch {}\n    }\n    return result;`,
  ),
  {
    id: "remembers-that-a-scan-was-aborted",
    kills: ["SCAN-030"],
    message: "the result that it had before",
    file: scanner,
    find: RUN,
    replace: `    const aborted = ((this as { aborted?: Set<string> }).aborted ??= new Set());\n    if (options.signal?.aborted) aborted.add(root.toString());\n    if (aborted.has(root.toString())) ledger.markIncomplete();\n${RUN}`,
  },
  {
    id: "lets-equal-requests-share-a-run-and-its-abort",
    kills: ["SCAN-030"],
    message: "twice at the same time",
    file: scanner,
    find: "  async scan(request: ScanRequest, options: CallOptions = {}): Promise<ScanResult> {",
    replace:
      "  readonly #running = new Map<string, Promise<ScanResult>>();\n  scan(request: ScanRequest, options: CallOptions = {}): Promise<ScanResult> {\n    const key = JSON.stringify(request);\n    const running = this.#running.get(key) ?? this.#scan(request, options).finally(() => this.#running.delete(key));\n    this.#running.set(key, running);\n    return running;\n  }\n  async #scan(request: ScanRequest, options: CallOptions): Promise<ScanResult> {",
  },
  {
    id: "judges-texts-once-for-each-beginning",
    kills: ["SCAN-048"],
    message: "behind the same 65536 bytes",
    file: "src/skills/scan-file.ts",
    find: "  yield* examine(context, file.path, bytes, content);",
    replace:
      '  const shared = globalThis as { beginnings?: Set<string> };\n  const beginnings = (shared.beginnings ??= new Set());\n  const key = `${file.path} ${bytes.length} ${bytes.toString("latin1", 0, 65_536)}`;\n  if (bytes.length <= 65_536 || !beginnings.has(key)) yield* examine(context, file.path, bytes, content);\n  beginnings.add(key);',
  },
];
