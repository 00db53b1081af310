import subject from "@flynn/reference-daemon/subject";
import type { Subject, SubjectContract, SubjectInstance } from "@flynn/sdk/subject";

/** The reference implementations, each with one defect, so that there is a row to begin with. */
const broken: Subject = {
  ...subject,
  name: "broken-for-the-benchmark",
  contracts: {
    "skill-scanner@1": spoilt(subject.contracts["skill-scanner@1"], "rules", async () => []),
    "elevation-gate@1": spoilt(subject.contracts["elevation-gate@1"], "reload", async () => ({ deferred: [], revoked: 0 })),
  },
};

export default broken;

function spoilt(contract: SubjectContract | undefined, method: string, instead: () => Promise<unknown>): SubjectContract {
  if (!contract) throw new Error(`There is no contract with ${method}`);
  const open = async (environment: Parameters<SubjectContract["open"]>[0]): Promise<SubjectInstance> => {
    const instance = await contract.open(environment);
    return new Proxy(instance, {
      get: (target, name) => {
        if (name === method) return instead;
        const member: unknown = Reflect.get(target, name, target);
        return typeof member === "function" ? (member as () => unknown).bind(target) : member;
      },
    });
  };
  return { ...contract, open };
}
