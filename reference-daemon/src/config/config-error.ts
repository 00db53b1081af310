import { CodedError } from "@flynn/sdk/kernel";

/**
 * - `MISSING`: the file that was named is not there.
 * - `UNSAFE`: others than the user could have written it.
 * - `INVALID`: it is not the JSON of a configuration.
 */
const CONFIG_ERROR_CODES = ["MISSING", "UNSAFE", "INVALID"] as const;
export type ConfigErrorCode = (typeof CONFIG_ERROR_CODES)[number];

export function configError(code: ConfigErrorCode, message: string, cause?: unknown): CodedError<ConfigErrorCode> {
  return new CodedError(code, message, { cause });
}
