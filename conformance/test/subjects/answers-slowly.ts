import { setTimeout as delay } from "node:timers/promises";

import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** Within the bound for one answer, and with all of them together beyond the time that a smoke run has. */
const SLOW_MS = 3_500;

export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, _name, args) => delay(SLOW_MS).then(() => method(...args))),
);
