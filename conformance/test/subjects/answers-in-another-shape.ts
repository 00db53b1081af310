import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** As a server does that names its members in its own way; everything else is right. */
export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => (name === "status" ? Promise.resolve({ is_held: true }) : method(...args))),
);
