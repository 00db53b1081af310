import type * as z from "zod";

import type { Requirement } from "../kernel/requirement.ts";

/** How one method crosses the wire: its positional arguments, and its result or the items of its stream. */
export interface MethodDefinition {
  readonly kind: "call" | "stream";
  readonly args: z.ZodType;
  /** Of the result of a call, or of one item of a stream. */
  readonly value: z.ZodType;
  /** The flag without which the method is refused with `UNSUPPORTED`. */
  readonly flag?: string;
}

/** A request that the implementation makes of its host. */
export interface PortDefinition {
  readonly args: z.ZodType;
  readonly value: z.ZodType;
}

/** Everything that the suite knows of a contract without its cases. */
export interface ContractDefinition {
  readonly name: string;
  readonly version: number;
  /** One sentence, for people. */
  readonly summary: string;
  readonly config: z.ZodType;
  readonly flags: readonly string[];
  readonly facts: z.ZodType;
  readonly methods: Readonly<Record<string, MethodDefinition>>;
  readonly ports: Readonly<Record<string, PortDefinition>>;
  /** The closed list of codes that a call may fail with. */
  readonly errorCodes: readonly string[];
  readonly requirements: readonly Requirement[];
}

/** `skill-scanner@1`, the name under which a subject declares a contract. */
export function contractKey(contract: Pick<ContractDefinition, "name" | "version">): string {
  return `${contract.name}@${contract.version}`;
}
