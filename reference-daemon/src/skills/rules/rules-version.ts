import { createHash } from "node:crypto";

/** Raised by hand whenever code decides differently: a rule's judgement, how a text is read, or what weighs less where it stands. */
const RULES_REVISION = 1;

/** Another one whenever a rule is added or reworded, or looks for something else. The same for sources and for what is built of them. */
export function rulesVersionOf(rules: readonly object[]): string {
  const written = JSON.stringify(rules, (_key, value: unknown) => (value instanceof RegExp ? String(value) : value));
  return `${RULES_REVISION}.${createHash("sha256").update(written).digest("hex").slice(0, 12)}`;
}
