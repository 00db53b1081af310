import { readFileSync } from "node:fs";
import { join } from "node:path";

import { elevationPolicySchema, trustedContextSchema } from "@flynn/sdk/elevation-gate";
import * as z from "zod";

const context = trustedContextSchema.partial();

const stepSchema = z.union([
  z.strictObject({ say: z.string(), as: context.optional() }),
  /** All three clocks go on. Milliseconds. */
  z.strictObject({ pass: z.int() }),
  /** The wall clock alone is set. */
  z.strictObject({ wall: z.int() }),
  z.strictObject({ audit: z.literal("is full") }),
  z.strictObject({ hook: z.enum(["refuses", "fails"]) }),
  z.strictObject({ call: z.literal("exec") }),
]);
export type CommandStep = z.infer<typeof stepSchema>;

const rowSchema = z.strictObject({
  name: z.string(),
  policy: elevationPolicySchema.partial().optional(),
  setup: z.array(stepSchema).default([]),
  /** Who says the message, where it is not the person at the terminal. */
  as: context.optional(),
  message: z.string(),
  /** Null for ordinary text. */
  answer: z.strictObject({ code: z.string(), text: z.string(), data: z.unknown() }).nullable(),
});
export type CommandRow = z.infer<typeof rowSchema>;

/** What every surface answers to every kind of command. */
export const commandTable: readonly CommandRow[] = z
  .array(rowSchema)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, "elevate-commands.golden.json"), "utf8")));
