import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

import { scanRequestSchema } from "@flynn/sdk/skill-scanner";
import type { ScanRequest } from "@flynn/sdk/skill-scanner";

import type { Answer, Found } from "./outcome.ts";

/*
 * Usage: worker.ts flynn | openclaw <module> | secretlint <folder>
 * Reads scan requests from stdin, one a line, and answers each with one line.
 */
type Judge = (request: ScanRequest) => Promise<Answer>;

const [scanner, place = ""] = process.argv.slice(2);
const judge = await loadJudge();
for await (const line of createInterface({ input: process.stdin })) {
  const answer = await judge(scanRequestSchema.parse(JSON.parse(line)));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function loadJudge(): Promise<Judge> {
  if (scanner === "flynn") return await flynn();
  return scanner === "openclaw" ? await openClaw(place) : secretlint(place);
}

async function flynn(): Promise<Judge> {
  const { ReferenceSkillScanner } = await import("@flynn/reference-daemon/skills");
  const { SystemClock } = await import("@flynn/sdk/kernel");
  const reference = new ReferenceSkillScanner({ clock: new SystemClock() });
  return async (request) => {
    const { verdict, findings } = await reference.scan(request);
    const outcome = ({ reject: "blocked", warn: "warned", allow: "allowed" } as const)[verdict];
    const found = findings.map(({ ruleId, action, path, line, message, evidence }) => {
      return { rule: ruleId, weight: action, path, line, message: evidence.text === "" ? message : `${message} Found: ${evidence.text}` };
    });
    return { outcome, found };
  };
}

interface OpenClawFinding {
  readonly ruleId: string;
  readonly severity: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

interface OpenClawScanner {
  scanDirectoryWithSummary(folder: string, options: object): Promise<{ readonly findings: readonly OpenClawFinding[] }>;
  scanSkillContent(text: string, path: string): readonly OpenClawFinding[];
}

async function openClaw(module: string): Promise<Judge> {
  const peer = (await import(pathToFileURL(module).href)) as OpenClawScanner;
  const options = { includeHiddenDirectories: true, includeNodeModules: true, excludeTestFiles: false };
  return async ({ root }) => {
    const { findings } = await peer.scanDirectoryWithSummary(root, options);
    const all = [...findings, ...peer.scanSkillContent(textOf(join(root, "SKILL.md")), join(root, "SKILL.md"))];
    const found = all.map(({ ruleId, severity, file, line, message }): Found => {
      return { rule: ruleId, weight: severity, path: relative(root, file), line, message };
    });
    const has = (severity: string): boolean => found.some(({ weight }) => weight === severity);
    return { outcome: has("critical") ? "blocked" : has("warn") ? "warned" : "allowed", found };
  };
}

interface SecretlintMessage {
  readonly ruleId: string;
  readonly message: string;
  readonly loc: { readonly start: { readonly line: number } };
}

interface Secretlint {
  readonly lintSource: (options: object) => Promise<{ readonly messages: readonly SecretlintMessage[] }>;
}

function secretlint(folder: string): Judge {
  const require = createRequire(join(folder, "package.json"));
  const load = async (name: string): Promise<unknown> => await import(pathToFileURL(require.resolve(name)).href);
  return async ({ root }) => {
    const { lintSource } = (await load("@secretlint/core")) as Secretlint;
    const { creator } = (await load("@secretlint/secretlint-rule-preset-recommend")) as { readonly creator: unknown };
    const config = { rules: [{ id: "preset", rule: creator }] };
    const found: Found[] = [];
    for (const path of filesIn(root)) {
      const source = { filePath: path, content: textOf(path), contentType: "text" };
      const { messages } = await lintSource({ source, options: { config, maskSecrets: true } });
      for (const { ruleId, message, loc } of messages) {
        found.push({ rule: ruleId, weight: "error", path: relative(root, path), line: loc.start.line, message });
      }
    }
    return { outcome: found.length > 0 ? "blocked" : "allowed", found };
  };
}

function filesIn(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
