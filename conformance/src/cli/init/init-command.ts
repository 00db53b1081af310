import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

import { printable } from "../../report/printable.ts";
import { programName } from "../../report/program-name.ts";
import { contractArgument, contractNames } from "../contract-argument.ts";
import { UsageError } from "../usage-error.ts";
import { addToConfiguration } from "./add-to-configuration.ts";
import type { InitFlags } from "./init-flags.ts";
import { nextSteps } from "./next-steps.ts";
import { scaffoldOf } from "./scaffold.ts";
import type { NewFile } from "./scaffold.ts";

/** Writes the scaffold of one contract into a folder: all of its files, or none where one of them is there already. */
export function initCommand(word: string | undefined, folder: string, { lang }: InitFlags): void {
  if (word === undefined)
    throw new UsageError(
      "There is no contract to begin with",
      `Name one of ${contractNames()}, such as: ${programName()} init skill-scanner`,
    );
  const contract = contractArgument(word);
  if (existsSync(folder) && !statSync(folder).isDirectory())
    throw new UsageError(`${resolve(folder)} is a file`, "Give the folder to write into; one that is not there is made.");
  const scaffold = scaffoldOf(contract, folder, lang);
  const taken = scaffold.files.find(({ path }) => existsSync(join(folder, path)));
  if (taken)
    throw new UsageError(
      `${resolve(folder, taken.path)} is there already, and nothing was written`,
      "Move it away, or name another folder after the contract.",
    );
  const configuration = addToConfiguration(folder, contract, scaffold.subject);
  write(folder, [...scaffold.files, configuration]);
  const names = [...scaffold.files, configuration].map(({ path }) => path.replace(/\/.*$/u, "/"));
  const text = [`Wrote ${[...new Set(names)].join(", ")} into ${resolve(folder)}.`, "", ...nextSteps(contract, folder, scaffold)].join(
    "\n",
  );
  process.stdout.write(`${printable(text)}\n`);
}

function write(folder: string, files: readonly NewFile[]): void {
  for (const { path, text, replaces } of files) {
    const target = resolve(folder, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, text, { flag: replaces === true ? "w" : "wx" });
    } catch (error) {
      throw new UsageError(`${target} could not be written: ${(error as Error).message}`, "Name a folder that you may write to.");
    }
  }
}
