import type { Subject, SubjectContract, SubjectEnvironment, SubjectInstance } from "@flynn/sdk/subject";

type Method = (...args: unknown[]) => unknown;

/** The subject with each instance that it opens changed. */
export function withInstances(
  subject: Subject,
  change: (instance: SubjectInstance, environment: SubjectEnvironment, contract: string) => SubjectInstance,
): Subject {
  return withContracts(subject, (contract, key) => ({
    ...contract,
    open: async (environment: SubjectEnvironment) => change(await contract.open(environment), environment, key),
  }));
}

export function withContracts(subject: Subject, change: (contract: SubjectContract, key: string) => SubjectContract): Subject {
  const contracts = Object.entries(subject.contracts).map(([key, contract]) => [key, change(contract, key)]);
  return { ...subject, contracts: Object.fromEntries(contracts) as Subject["contracts"] };
}

/** The instance with each of its methods but `close` called through `change`. */
export function withMethods(
  instance: SubjectInstance,
  change: (method: Method, name: string, args: unknown[]) => unknown,
): SubjectInstance {
  return new Proxy(instance, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      if (name === "close" || typeof name !== "string") return (member as Method).bind(target);
      return (...args: unknown[]) => change((member as Method).bind(target), name, args);
    },
  });
}

/** An instance that answers every method the same way, whatever it is called. */
export function answeringAll(answer: (name: string, args: unknown[]) => unknown): SubjectInstance {
  return new Proxy({ close: () => undefined } as SubjectInstance, {
    get: (target, name) => {
      if (name === "close") return () => target.close();
      // An object with `then` would be taken for a promise.
      return typeof name === "string" && name !== "then" ? (...args: unknown[]) => answer(name, args) : undefined;
    },
  });
}
