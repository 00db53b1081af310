import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    while (name === "acquire");
    return method(...args);
  }),
);
