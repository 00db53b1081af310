import type * as z from "zod";

const CANDIDATES: readonly unknown[] = [null, {}, [], true, "", 0];

/** A value that the schema takes, or undefined where none of the simplest does. */
export function simplestValue(schema: z.ZodType): unknown {
  return CANDIDATES.find((candidate) => schema.safeParse(candidate).success);
}
