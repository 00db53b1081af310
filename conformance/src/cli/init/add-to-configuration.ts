import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { contractKey } from "@flynn/sdk/wire";
import type { ContractDefinition } from "@flynn/sdk/wire";
import * as z from "zod";

import { jsonOrUndefined } from "../../wire/json-text.ts";
import { CONFIGURATION_FILE, readConfiguration } from "../configuration.ts";
import { UsageError } from "../usage-error.ts";
import type { NewFile, Scaffold } from "./scaffold.ts";

/** What is not ours to change here is kept as it is. */
const contentSchema = z.looseObject({ subjects: z.record(z.string(), z.unknown()).default({}) });

/** The configuration of the folder with one more subject in it. */
export function addToConfiguration(folder: string, contract: ContractDefinition, subject: Scaffold["subject"]): NewFile {
  const file = join(folder, CONFIGURATION_FILE);
  if (!existsSync(file)) return { path: CONFIGURATION_FILE, text: written({ subjects: { [contract.name]: subject } }) };
  const { subjects } = readConfiguration(folder);
  if ([contract.name, contractKey(contract)].some((name) => Object.hasOwn(subjects, name)))
    throw new UsageError(
      `${resolve(file)} names a subject for ${contract.name} already, and nothing was written`,
      "Take it out there, or name another folder after the contract.",
    );
  const content = contentSchema.parse(jsonOrUndefined(readFileSync(file, "utf8")));
  const text = written({ ...content, subjects: { ...content.subjects, [contract.name]: subject } });
  return { path: CONFIGURATION_FILE, text, replaces: true };
}

function written(content: object): string {
  return `${JSON.stringify(content, undefined, 2)}\n`;
}
