import { isAbsolute } from "node:path";

import * as z from "zod";

import { JsonTextError } from "../json/json-node.ts";
import { readJsonValue } from "../json/json-value.ts";
import { positionAt } from "../skills/text-position.ts";
import { printable } from "../text/printable.ts";

/** What OpenClaw sends at most. */
export const MOST_REQUEST_BYTES = 262_144;

/**
 * What of a request decides anything here. There is more in one, where the skill comes from and what asked for it, and later
 * versions of OpenClaw may send more still; none of that makes a skill safe.
 */
const installPolicyRequestSchema = z.object({
  protocolVersion: z.literal(1),
  targetType: z.enum(["skill", "plugin"]),
  targetName: z.string().min(1),
  sourcePath: z.string().refine((path) => isAbsolute(path), { error: "must be an absolute path" }),
  sourcePathKind: z.enum(["directory", "file"]),
});
export type InstallPolicyRequest = z.infer<typeof installPolicyRequestSchema>;

/** The request in these bytes, or a sentence on what is wrong with them. */
export function readInstallPolicyRequest(bytes: Buffer): InstallPolicyRequest | string {
  const text = utf8Of(bytes);
  if (text === null) return "It is not UTF-8.";
  let value: unknown;
  try {
    value = readJsonValue(text);
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    const { line, column } = positionAt(text, error.offset);
    return `Line ${line}, column ${column}: ${printable(error.message)}.`;
  }
  const parsed = installPolicyRequestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const member = issue?.path.map(String).join(".") ?? "";
  return `${member === "" ? "" : `${member}: `}${printable(issue?.message ?? "not valid")}.`;
}

function utf8Of(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
