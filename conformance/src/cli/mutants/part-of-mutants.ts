import { createHash } from "node:crypto";

import { UsageError } from "../usage-error.ts";

/**
 * Which mutants belong to part `i/n`. The name decides, so that a mutant stays in its part when others come and go, and n runs
 * with i from 1 to n try each of them once.
 */
export function partOfMutants(text: string | undefined): (id: string) => boolean {
  if (text === undefined) return () => true;
  const [, part = 0, parts = 0] = /^(\d{1,3})\/(\d{1,3})$/u.exec(text)?.map(Number) ?? [];
  if (part < 1 || part > parts) throw new UsageError(`--part ${text} is not a part`, "Write i/n with i from 1 to n, such as --part 3/10.");
  return (id) => createHash("sha256").update(id).digest().readUInt32LE(0) % parts === part - 1;
}
