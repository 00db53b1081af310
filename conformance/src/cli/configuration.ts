import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import * as z from "zod";

import { UsageError } from "./usage-error.ts";

export const CONFIGURATION_FILE = "conformance.config.json";

const SUBJECT = 'it must be the path of a module, or a command such as { "command": ["python3", "scanner.py"] }';

const commandSchema = z.strictObject({ command: z.array(z.string()).min(1, "it needs at least the program to start") });

const configurationSchema = z.strictObject({
  $schema: z.string().optional(),
  /** What is judged when the command names no subject, by contract: a module, relative to this file, or a command. */
  subjects: z.record(z.string(), z.union([z.string().min(1, SUBJECT), commandSchema], { error: SUBJECT })).default({}),
  /** Modules of mutants for `mutants`, by contract. */
  mutants: z.record(z.string(), z.array(z.string())).default({}),
});

/** The absolute path of a module, or the words of a command, which runs in the folder of the file that names it. */
export type ConfiguredSubject = string | { readonly command: readonly string[]; readonly folder: string };

export interface Configuration {
  readonly subjects: Readonly<Record<string, ConfiguredSubject>>;
  readonly mutants: Readonly<Record<string, readonly string[]>>;
}

/** Reads the file in `folder`; an absent one is empty. Paths in it become absolute. */
export function readConfiguration(folder: string): Configuration {
  const file = resolve(folder, CONFIGURATION_FILE);
  if (!existsSync(file)) return { subjects: {}, mutants: {} };
  const parsed = configurationSchema.safeParse(readJson(file));
  if (!parsed.success) throw new UsageError(`${file} is not valid: ${parsed.error.issues.map(issueInWords).join("; ")}`);
  const home = dirname(file);
  const absolute = (path: string): string => resolve(home, path);
  const { subjects, mutants } = parsed.data;
  return {
    subjects: mapped(subjects, (subject) => (typeof subject === "string" ? absolute(subject) : { ...subject, folder: home })),
    mutants: mapped(mutants, (paths) => paths.map(absolute)),
  };
}

function readJson(file: string): unknown {
  try {
    // JSON.parse: its error says where the mistake is; the schema checks the rest.
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`, "Correct it, or name the subject on the command line.");
  }
}

function issueInWords({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join(".")}: ${message}`;
}

function mapped<From, To>(values: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, to(value)]));
}
