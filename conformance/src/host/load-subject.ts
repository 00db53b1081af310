import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Subject } from "@flynn/sdk/subject";

import { BadSubject } from "../diagnosis/bad-subject.ts";

const EXAMPLE =
  'export default defineSubject({ name: "my-daemon", version: "1.0.0", contracts: { "skill-scanner@1": { open: () => … } } });';

/** Imports the module at `path` and checks its default export. Throws {@link BadSubject} with a diagnosis. */
export async function loadSubject(path: string): Promise<Subject> {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new BadSubject("module-not-found", `There is no file ${file}`, "Give the path of the module, relative to the current folder.");
  }
  if (!statSync(file).isFile()) throw new BadSubject("module-not-found", `${file} is a folder`, "Give the path of the module in it.");
  let module: { readonly default?: unknown };
  try {
    module = (await import(pathToFileURL(file).href)) as { readonly default?: unknown };
  } catch (error) {
    throw new BadSubject("module-threw", `${path} could not be imported: ${describe(error)}`, importAdvice(path, error), { cause: error });
  }
  const problem = subjectProblem(module.default);
  if (problem) throw new BadSubject("not-a-subject", `The default export of ${path} ${problem}`, `Write: ${EXAMPLE}`);
  return module.default as Subject;
}

function subjectProblem(value: unknown): string | undefined {
  if (value === undefined) return "is missing";
  if (typeof value !== "object" || value === null) return `is ${value === null ? "null" : `a ${typeof value}`}, not a subject`;
  const subject = value as Partial<Record<keyof Subject, unknown>>;
  if (typeof subject.name !== "string" || subject.name === "") return "has no name (a non-empty string)";
  if (typeof subject.version !== "string" || subject.version === "") return "has no version (a non-empty string)";
  if (typeof subject.contracts !== "object" || subject.contracts === null) return "has no contracts (an object)";
  if (subject.clock !== undefined && subject.clock !== "virtual" && subject.clock !== "real")
    return 'has a clock that is neither "virtual" nor "real"';
  const contracts = Object.entries(subject.contracts);
  if (contracts.length === 0) return "implements no contract";
  const [withoutOpen] = contracts.find(([, contract]) => typeof (contract as { open?: unknown } | null)?.open !== "function") ?? [];
  return withoutOpen === undefined ? undefined : `has no open function for ${withoutOpen}`;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error && typeof error.code === "string" ? ` (${error.code})` : "";
  return `${error.name}: ${error.message}${code}`;
}

function importAdvice(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ERR_UNKNOWN_FILE_EXTENSION") return "Node runs .ts files itself from 22.18 on; .tsx and older versions need a build first.";
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX")
    return "Node strips types only: no enums, no parameter properties, no namespaces. Or point at the built .js file.";
  if (code === "ERR_MODULE_NOT_FOUND") return "Install what it imports, and write relative imports with their extension.";
  return `Run \`node ${path}\` to see the whole stack; the module must load without side effects that can fail.`;
}
