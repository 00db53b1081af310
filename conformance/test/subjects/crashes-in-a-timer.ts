import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    if (name !== "acquire") return method(...args);
    setTimeout(() => {
      throw new Error("The lease table is locked");
    }, 20);
    return new Promise(() => undefined);
  }),
);
