import { JsonTextError } from "../json/json-node.ts";
import { positionAt } from "../skills/text-position.ts";
import { configError } from "./config-error.ts";
import { readConfigFile } from "./config-file.ts";
import type { ConfigPlace } from "./config-place.ts";
import { flynnConfigSchema } from "./config-schema.ts";
import type { FlynnConfig } from "./config-schema.ts";
import { readJsonValue } from "../json/json-value.ts";

/**
 * Reads the configuration. Where there is none and nobody named one, it is that of an empty file, in which elevation is off.
 * Throws a `CodedError` with a code of `CONFIG_ERROR_CODES`, or what the system said.
 */
export async function loadConfig(place: ConfigPlace | undefined): Promise<FlynnConfig> {
  const text = place && (await readConfigFile(place.path));
  if (place === undefined || (text === undefined && !place.isNamed)) return flynnConfigSchema.parse({});
  if (text === undefined) throw configError("MISSING", `There is no configuration at ${place.path}`);
  const parsed = flynnConfigSchema.safeParse(valueOf(text, place.path));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue?.path.map(String).join(".") ?? "";
  throw configError("INVALID", `${place.path}: ${member === "" ? "" : `${member}: `}${issue?.message ?? "not valid"}`);
}

function valueOf(text: string, path: string): unknown {
  try {
    return readJsonValue(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const { line, column } = positionAt(text, error.offset);
    throw configError("INVALID", `${path}:${line}:${column}: ${error.message}`, error);
  }
}
