import type { SourcePatch } from "@flynn/conformance/mutant";

const scanFile = "src/skills/scan-file.ts";
const steps = "src/skills/scan-steps.ts";
const pacing = "src/skills/pacing.ts";
const STARTS = "  const { fileSystem, ledger, assets } = context;";
const ENDS = "  yield* checkFolders(context, tree.folders);";
const fs = 'process.getBuiltinModule("node:fs")';
const processes = 'process.getBuiltinModule("node:child_process")';

/** What a scan does to the world, and how it stops. */
export const effectMutants: readonly SourcePatch[] = [
  {
    id: "imports-configuration",
    kills: ["SCAN-028"],
    message: "the mark that the scripts leave",
    file: scanFile,
    find: STARTS,
    replace: `${STARTS}\n  if (file.path === "eslint.config.mjs") void import(file.location.toString()).catch(() => {});`,
  },
  {
    id: "runs-lifecycle-scripts",
    kills: ["SCAN-028"],
    message: "lifecycle scripts",
    file: scanFile,
    find: STARTS,
    replace: `${STARTS}\n  if (file.path === "index.js") ${processes}.spawnSync(process.execPath, [file.location.toString()]);`,
  },
  {
    id: "runs-a-script-to-see-what-it-does",
    kills: ["SCAN-028"],
    message: "a makefile and environment files",
    file: scanFile,
    find: STARTS,
    replace: `${STARTS}\n  if (file.path === "run.sh") ${processes}.spawnSync("sh", [file.location.toString()]);`,
  },
  {
    id: "evaluates-front-matter",
    kills: ["SCAN-028"],
    message: "front matter that says it is JavaScript",
    file: "src/skills/frontmatter/check-frontmatter.ts",
    find: "  const span = findFrontmatter(text);",
    replace:
      '  const script = /^---js\\n([^]*?)\\n---/u.exec(text)?.[1];\n  try {\n    if (script) new Function("require", `return (${script})`)(process.getBuiltinModule("node:module").createRequire(import.meta.url));\n  } catch {}\n  const span = findFrontmatter(text);',
  },
  {
    id: "evaluates-the-manifest",
    kills: ["SCAN-028"],
    message: "a manifest that is an expression",
    file: "src/skills/manifest/check-manifest.ts",
    find: "  let root: JsonNode;",
    replace: "  try {\n    new Function(`return (${text})`)();\n  } catch {}\n  let root: JsonNode;",
  },
  {
    id: "makes-the-skill-file-private",
    kills: ["SCAN-029"],
    message: "SKILL.md has changed",
    file: steps,
    find: ENDS,
    replace: `${ENDS}\n  try {\n    if (context.ledger.kindOf("docs/b.md") === "file" && context.ledger.kindOf("archive.zip") === null) ${fs}.chmodSync(\`\${location.toString()}/SKILL.md\`, 0o600);\n  } catch {}`,
  },
  {
    id: "removes-executables",
    kills: ["SCAN-029"],
    message: "is gone",
    file: steps,
    find: ENDS,
    replace: `${ENDS}\n  if (context.ledger.kindOf("docs") === "directory" && context.ledger.kindOf("one") === null) ${fs}.rmSync(\`\${location.toString()}/docs\`, { recursive: true });`,
  },
  {
    id: "leaves-a-cache-behind",
    kills: ["SCAN-029"],
    message: "is new",
    file: steps,
    find: ENDS,
    replace: `${ENDS}\n  if (context.ledger.kindOf("reader.py") === "file") ${fs}.writeFileSync(\`\${location.toString()}/.scan-cache\`, "");`,
  },
  {
    id: "does-not-look-at-the-signal",
    kills: ["SCAN-030"],
    message: "the error ABORTED",
    file: pacing,
    find: "      if (signal?.aborted) {",
    replace: "      if (signal?.aborted && this.#stepsLeft < -1) {",
  },
  {
    id: "looks-at-the-signal-at-the-start-only",
    kills: ["SCAN-030"],
    message: "did not come within",
    file: pacing,
    find: "    for (;;) {\n      if (signal?.aborted) {",
    replace: "    for (let turn = 0; ; turn += 1) {\n      if (turn === 0 && signal?.aborted) {",
  },
  {
    id: "gives-the-event-loop-no-turn",
    kills: ["SCAN-030"],
    message: "did not come within",
    file: pacing,
    find: "    await setImmediate();\n",
    replace: "    await Promise.resolve(setImmediate);\n",
  },
  {
    id: "gives-a-verdict-about-a-part",
    kills: ["SCAN-030"],
    message: "the error ABORTED",
    file: "src/skills/skill-scanner.ts",
    find: "    await this.#pacing.run(scanSteps(context, root), options.signal);",
    replace: "    await this.#pacing.run(scanSteps(context, root), options.signal).catch(() => ledger.markIncomplete());",
  },
  {
    id: "gives-up-with-a-rejection",
    kills: ["SCAN-030"],
    message: "the error ABORTED",
    file: "src/skills/skill-scanner.ts",
    find: "    await this.#pacing.run(scanSteps(context, root), options.signal);",
    replace:
      "    await this.#pacing.run(scanSteps(context, root), options.signal).catch((error: unknown) => {\n      if (ledger.paths.length === 0) throw error;\n      ledger.markIncomplete();\n    });",
  },
  {
    id: "obeys-the-signal-of-the-newest-scan",
    kills: ["SCAN-030"],
    message: "did not come within",
    file: "src/skills/skill-scanner.ts",
    find: "    await this.#pacing.run(scanSteps(context, root), options.signal);",
    replace:
      "    const shared = this as { newest?: AbortSignal };\n    shared.newest = options.signal;\n    const signal = { get aborted() { return shared.newest?.aborted ?? false; } } as AbortSignal;\n    await this.#pacing.run(scanSteps(context, root), signal);",
  },
];
