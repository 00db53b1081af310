import { CodedError } from "@flynn/sdk/kernel";

import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** The exemplar declares `renew`; this one cannot do it. */
export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    if (name === "renew") throw new CodedError("UNSUPPORTED", "Leases cannot be renewed");
    return method(...args);
  }),
);
