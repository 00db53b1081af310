import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    process.stdout.write(`calling ${name}\n`);
    return method(...args);
  }),
);
