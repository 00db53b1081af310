import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { CompilerState, Extractor, ExtractorConfig } from "@microsoft/api-extractor";
import type { ExtractorMessage } from "@microsoft/api-extractor";

import { reportName } from "./public-entries.ts";
import type { PublicEntry } from "./public-entries.ts";

/**
 * As consumers compile, but with the compiler that api-extractor brings: TypeScript 7 has no interface for programs yet. What
 * the workspace has in its own configuration does not matter to them, so none is read.
 */
const compilerOptions = {
  module: "nodenext",
  target: "es2024",
  lib: ["es2024", "esnext.disposable"],
  types: ["node"],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
};

/** What each entry offers, as text: every name with its type. Throws where types are not built or cannot be read. */
export function apiReports(root: string, entries: readonly PublicEntry[], scratch: string): ReadonlyMap<PublicEntry, string> {
  const declarations = entries.map((entry) => declarationsOf(root, entry));
  const configs = entries.map((entry, index) => [entry, configOf(root, entry, declarations[index] ?? "", scratch)] as const);
  const [first] = configs;
  if (!first) throw new Error("No package has an entry with types; look at the export maps");
  // One compilation for all entries.
  const compilerState = CompilerState.create(first[1], { additionalEntryPoints: declarations });
  return new Map(configs.map(([entry, config]) => [entry, reportOf(entry, config, compilerState)]));
}

function declarationsOf(root: string, { folder, types }: PublicEntry): string {
  const file = join(root, folder, types);
  if (!existsSync(file)) throw new Error(`${folder}/${types.replace("./", "")} is not built; run npx pnpm@12 build`);
  return file;
}

function configOf(root: string, entry: PublicEntry, declarations: string, scratch: string): ExtractorConfig {
  const projectFolder = join(root, entry.folder);
  const reportFolder = join(scratch, entry.folder);
  mkdirSync(reportFolder, { recursive: true });
  return ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(projectFolder, "package.json"),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: declarations,
      newlineKind: "lf",
      compiler: { overrideTsconfig: { compilerOptions, files: [declarations] } },
      apiReport: {
        enabled: true,
        reportFileName: reportName(entry),
        reportFolder,
        reportTempFolder: join(reportFolder, "unfinished"),
        // A type that is reached through another is part of the promise, exported or not.
        includeForgottenExports: true,
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
    },
  });
}

function reportOf(entry: PublicEntry, config: ExtractorConfig, compilerState: CompilerState): string {
  const problems: string[] = [];
  const messageCallback = (message: ExtractorMessage): void => {
    if (message.category === "Compiler" || message.logLevel === "error")
      problems.push(message.formatMessageWithLocation(config.projectFolder));
    // The advice that remains is about release tags and links between packages, which this project does not have.
    message.handled = true;
  };
  Extractor.invoke(config, { localBuild: true, compilerState, messageCallback });
  if (problems.length > 0) throw new Error(`The types of ${entry.folder}, entry ${entry.subpath}, cannot be read:\n${problems.join("\n")}`);
  return readFileSync(join(config.reportFolder, reportName(entry)), "utf8");
}
