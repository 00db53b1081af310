import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** One lease of an instance is well-formed; what it says of the next one is not. */
export default withInstances(exemplar, (instance) => {
  let leases = 0;
  return withMethods(instance, (method, name, args) => {
    if (name === "acquire") leases += 1;
    return name === "acquire" && leases > 1 ? Promise.resolve({ lease: "lease-2" }) : method(...args);
  });
});
