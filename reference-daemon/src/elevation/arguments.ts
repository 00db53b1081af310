import type { ElevationGateErrorCode } from "@flynn/sdk/elevation-gate";
import { CodedError } from "@flynn/sdk/kernel";

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

interface Schema<Value> {
  safeParse(value: unknown): { success: true; data: Value } | { success: false; error: { issues: readonly Issue[] } };
}

/** The argument as the contract says it is. Throws `INVALID_REQUEST`, which names the place and never the value. */
export function parseArgument<Value>(name: string, schema: Schema<Value>, value: unknown): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = [name, ...(issue?.path ?? [])].map(String).join(".");
  throw new CodedError<ElevationGateErrorCode>("INVALID_REQUEST", `${place}: ${issue?.message ?? "not valid"}`);
}
