import { isAbsolute } from "node:path";

import { configError } from "../../config/config-error.ts";
import { readConfigFile } from "../../config/config-file.ts";
import { parsePolicy } from "./parse-policy.ts";
import type { SkillPolicy } from "./policy-schema.ts";

/**
 * Reads an operator's policy. Throws a `CodedError`: `MISSING` where no file is there, `UNSAFE` where others could have written
 * it, since whoever writes it decides what the scanner lets pass, and `INVALID` for everything else, each with one line that says
 * what, where and what to do.
 */
export async function loadSkillPolicy(path: string): Promise<SkillPolicy> {
  if (!isAbsolute(path))
    throw configError("INVALID", `The path of the policy file, ${path}, is not absolute. Name the file from the root on.`);
  const text = await readConfigFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (text === undefined) throw configError("MISSING", `There is no policy file at ${path}. Write one, or leave --policy out.`);
  return parsePolicy(text, path);
}

function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : undefined;
  if (code === undefined) return error;
  return configError("INVALID", `The policy file ${path} cannot be read (${code}). Name a file that you may read.`, error);
}
