import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import * as z from "zod";

import { UsageError } from "./usage-error.ts";

export const CONFIGURATION_FILE = "conformance.config.json";

const configurationSchema = z.strictObject({
  $schema: z.string().optional(),
  /** What is judged when the command names no subject: contract to module, relative to this file. */
  subjects: z.record(z.string(), z.string()).default({}),
  /** Modules of mutants for `mutants`, by contract. */
  mutants: z.record(z.string(), z.array(z.string())).default({}),
});

export type Configuration = z.infer<typeof configurationSchema>;

/** Reads the file in `folder`; an absent one is empty. Paths in it become absolute. */
export function readConfiguration(folder: string): Configuration {
  const file = resolve(folder, CONFIGURATION_FILE);
  if (!existsSync(file)) return { subjects: {}, mutants: {} };
  let content: unknown;
  try {
    // JSON.parse: its error says where the mistake is; the schema below checks the rest.
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} is not JSON: ${(error as Error).message}`, "Correct it, or name the subject on the command line.");
  }
  const parsed = configurationSchema.safeParse(content);
  if (!parsed.success) throw new UsageError(`${file} is not valid:\n${z.prettifyError(parsed.error)}`);
  const absolute = (path: string): string => resolve(dirname(file), path);
  return {
    subjects: Object.fromEntries(Object.entries(parsed.data.subjects).map(([contract, path]) => [contract, absolute(path)])),
    mutants: Object.fromEntries(Object.entries(parsed.data.mutants).map(([contract, paths]) => [contract, paths.map(absolute)])),
  };
}
