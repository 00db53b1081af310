import { CodedError } from "@flynn/sdk/kernel";
import type { ContractDefinition } from "@flynn/sdk/wire";
import { contractKey } from "@flynn/sdk/wire";

import type { SubjectWrapper } from "../src/mutation/mutant.ts";
import { contracts } from "../src/registry/contracts.ts";
import { withContracts, withInstances, withMethods } from "./wrap-instance.ts";

/** For each flag of each contract, a subject that claims what it cannot do, and one that hides what it can. */
function liarsOf(contract: ContractDefinition): readonly SubjectWrapper[] {
  const key = contractKey(contract);
  const killedBy = (flag: string): readonly string[] => contract.requirements.filter((row) => row.flag === flag).map((row) => row.id);
  return contract.flags.flatMap((flag) => {
    const methods = Object.keys(contract.methods).filter((name) => contract.methods[name]?.flag === flag);
    return [
      {
        id: `claims-${flag}-of-${contract.name}`,
        kills: killedBy(flag),
        message: "UNSUPPORTED",
        wrap: (subject) =>
          withInstances(declaring(subject, key, flag, true), (instance) =>
            withMethods(instance, (method, name, args) => {
              if (methods.includes(name)) throw new CodedError("UNSUPPORTED", `${name} is not supported`);
              return method(...args);
            }),
          ),
      },
      {
        id: `hides-${flag}-of-${contract.name}`,
        kills: killedBy(`!${flag}`),
        message: "UNSUPPORTED",
        wrap: (subject) => declaring(subject, key, flag, false),
      },
    ] satisfies SubjectWrapper[];
  });
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
