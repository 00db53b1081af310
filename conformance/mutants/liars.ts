import { CodedError } from "@flynn/sdk/kernel";
import type { ContractDefinition } from "@flynn/sdk/wire";
import { contractKey } from "@flynn/sdk/wire";

import type { SubjectWrapper } from "../src/mutation/mutant.ts";
import { contracts } from "../src/registry/contracts.ts";
import type { Pretence } from "./pretence.ts";
import { scannerPretences } from "./scanner-pretences.ts";
import { withContracts, withInstances, withMethods } from "./wrap-instance.ts";

/** What is more than a method that is not there, by contract and flag. */
const pretences: Readonly<Record<string, Pretence>> = scannerPretences;

/** For each flag of each contract, a subject that claims what it cannot do, and one that hides what it can and should refuse. */
function liarsOf(contract: ContractDefinition): readonly SubjectWrapper[] {
  const key = contractKey(contract);
  return contract.flags.flatMap((flag) => {
    const { message, call } = pretences[`${contract.name}/${flag}`] ?? unsupported(contract, flag);
    const refusals = contract.requirements.filter((row) => row.flag === `!${flag}`).map((row) => row.id);
    const claims: SubjectWrapper = {
      id: `claims-${flag}-of-${contract.name}`,
      kills: rootsOf(contract, flag),
      message,
      wrap: (subject) => withInstances(declaring(subject, key, flag, true), (instance) => withMethods(instance, call)),
    };
    const hides: SubjectWrapper = {
      id: `hides-${flag}-of-${contract.name}`,
      kills: refusals,
      message: pretences[`${contract.name}/${flag}`] ? "the same result" : "UNSUPPORTED",
      wrap: (subject) => declaring(subject, key, flag, false),
    };
    return refusals.length > 0 ? [claims, hides] : [claims];
  });
}

/** The rows of a flag that stand on no other row of it: without it they fail, and the others wait for them. */
function rootsOf({ requirements }: ContractDefinition, flag: string): readonly string[] {
  const own = requirements.filter((row) => row.flag === flag);
  return own.filter(({ after = [] }) => !own.some(({ id }) => after.includes(id))).map(({ id }) => id);
}

function unsupported(contract: ContractDefinition, flag: string): Pretence {
  const methods = Object.keys(contract.methods).filter((name) => contract.methods[name]?.flag === flag);
  if (methods.length === 0) throw new Error(`Nothing tells how to pretend ${flag} of ${contract.name}`);
  return {
    message: "UNSUPPORTED",
    call: (method, name, args) => {
      if (methods.includes(name)) throw new CodedError("UNSUPPORTED", `${name} is not supported`);
      return method(...args);
    },
  };
}

function declaring(
  subject: Parameters<SubjectWrapper["wrap"]>[0],
  key: string,
  flag: string,
  isDeclared: boolean,
): ReturnType<SubjectWrapper["wrap"]> {
  return withContracts(subject, (contract, name) =>
    name === key ? { ...contract, flags: { ...contract.flags, [flag]: isDeclared } } : contract,
  );
}

export default contracts.flatMap(liarsOf);
