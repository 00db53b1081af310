import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** As a first draft does. */
export default withInstances(exemplar, (instance) =>
  withMethods(instance, (_method, name) => Promise.reject(new Error(`${name} is not written yet`))),
);
