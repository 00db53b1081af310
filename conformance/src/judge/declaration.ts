import { contractKey } from "@flynn/sdk/wire";
import type { ContractDefinition, Hello } from "@flynn/sdk/wire";
import * as z from "zod";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { Session } from "../wire/session.ts";

export type Declaration = Hello["contracts"][string];

/** What the subject says of a contract. Throws {@link BadSubject} where it does not offer it. */
export function declarationOf(contract: ContractDefinition, hello: Hello): Declaration {
  const key = contractKey(contract);
  const declared = hello.contracts[key];
  if (declared) return declared;
  const offered = Object.keys(hello.contracts).join(", ") || "nothing";
  throw new BadSubject(
    "contract-missing",
    `The subject does not implement ${key}; it offers ${offered}`,
    `Add "${key}" to its contracts, or name a contract that it offers.`,
  );
}

/** A flag that the contract does not know is most likely a misspelt one, and would quietly leave its rows out. */
export function checkDeclaration(declared: Declaration, contract: ContractDefinition, session: Session): void {
  const unknown = Object.keys(declared.flags).filter((flag) => !contract.flags.includes(flag));
  if (unknown.length > 0) {
    const known = contract.flags.length > 0 ? `flags out of ${contract.flags.join(", ")}` : "no flags, because the contract has none";
    session.violate("WIRE-003", "invalid-value", "said hello", known, `the flags ${unknown.join(", ")}`);
  }
  const facts = contract.facts.safeParse(declared.facts);
  if (!facts.success)
    session.violate("WIRE-003", "invalid-value", "said hello", "facts that match the schema of the contract", z.prettifyError(facts.error));
}
