import { readFileSync } from "node:fs";

import type * as z from "zod";

import { UsageError } from "./usage-error.ts";

/** A kind of JSON file of this suite, which says in its member `schema` what it is. */
export interface FileKind<Content> {
  /** Such as `report`. */
  readonly name: string;
  /** What `schema` must say. */
  readonly version: string;
  readonly schema: z.ZodType<Content>;
  /** How to get one. */
  readonly next: string;
}

/** Reads and checks a file. Throws a {@link UsageError} that says in one line what is wrong with it. */
export function readJsonFile<Content>(path: string, kind: FileKind<Content>): Content {
  const content = parsed(path, kind);
  const version = typeof content === "object" && content !== null && "schema" in content ? content.schema : undefined;
  if (version !== kind.version) {
    const is = typeof version === "string" ? `says it is ${version}` : "does not say what it is";
    throw new UsageError(`${path} is no ${kind.name} that this suite can read: it ${is}, not ${kind.version}`, kind.next);
  }
  const checked = kind.schema.safeParse(content);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const at = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  throw new UsageError(`${path} is not a valid ${kind.name}${at}: ${issue?.message ?? "it does not match its schema"}`, kind.next);
}

function parsed<Content>(path: string, { name, next }: FileKind<Content>): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`The ${name} ${path} cannot be read: ${(error as Error).message}`, next);
  }
  try {
    // JSON.parse: its error says where the mistake is; the schema checks the rest.
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The ${name} ${path} is not JSON: ${(error as Error).message.split("\n", 1)[0]}`, next);
  }
}
