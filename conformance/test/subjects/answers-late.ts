import { setTimeout as delay } from "node:timers/promises";

import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** Beyond the bound for an answer, and within the time in which the suite still tells late from never. */
const LATE_MS = 5_600;

export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => (name === "acquire" ? delay(LATE_MS).then(() => method(...args)) : method(...args))),
);
