import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { ContractDefinition } from "@flynn/sdk/wire";

import { jsonOrUndefined } from "../../wire/json-text.ts";
import { suiteVersion } from "../version.ts";
import type { Language } from "./init-flags.ts";
import { scaffoldFile } from "./scaffold-files.ts";
import { pythonRuntime } from "./python-runtime.ts";

/** A file to write, by its path relative to the folder. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** It is there, and is written anew with what it held. */
  readonly replaces?: true;
}

/** The first subject of a contract in one language. */
export interface Scaffold {
  /** The path of the subject, which has the TODOs in it. */
  readonly path: string;
  readonly files: readonly NewFile[];
  /** How the configuration names the subject. */
  readonly subject: string | { readonly command: readonly string[] };
}

export function scaffoldOf(contract: ContractDefinition, folder: string, language: Language): Scaffold {
  return language === "python" ? inPython(contract, folder) : inTypeScript(contract, folder);
}

function inTypeScript({ name }: ContractDefinition, folder: string): Scaffold {
  const manifest = join(folder, "package.json");
  // Node takes .ts for what the nearest package.json says, and only .mts for a module in any case.
  const path = existsSync(manifest) && !isModulePackage(manifest) ? `${name}.mts` : `${name}.ts`;
  const files = [{ path, text: scaffoldFile("typescript", `${name}.ts`) }];
  return { path, files: existsSync(manifest) ? files : [...files, { path: "package.json", text: newManifest() }], subject: `./${path}` };
}

function inPython({ name }: ContractDefinition, folder: string): Scaffold {
  const path = `${name}.py`;
  const runtime = pythonRuntime().filter((file) => !isThereAsItIs(folder, file));
  return { path, files: [{ path, text: scaffoldFile("python", path) }, ...runtime], subject: { command: ["python3", path] } };
}

/** The runtime beside another subject of the same folder is used by both. */
function isThereAsItIs(folder: string, { path, text }: NewFile): boolean {
  const target = join(folder, path);
  return existsSync(target) && readFileSync(target, "utf8") === text;
}

function isModulePackage(manifest: string): boolean {
  const content = jsonOrUndefined(readFileSync(manifest, "utf8"));
  return typeof content === "object" && content !== null && "type" in content && content.type === "module";
}

function newManifest(): string {
  const version = suiteVersion();
  const manifest = {
    private: true,
    type: "module",
    scripts: { conformance: "flynn-conformance" },
    devDependencies: { "@flynn/conformance": version, "@flynn/sdk": version },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}
