import type { SuiteDefinition } from "../judge/suite-definition.ts";
import { suites } from "../registry/suites.ts";
import { contractArgument } from "./contract-argument.ts";

/** The suite of the contract that a word names, as {@link contractArgument} reads it. */
export function suiteArgument(word: string, hint?: string): SuiteDefinition {
  const contract = contractArgument(word, hint);
  const suite = suites.find((known) => known.contract === contract);
  if (!suite) throw new Error(`${contract.name} is listed and has no suite`);
  return suite;
}
