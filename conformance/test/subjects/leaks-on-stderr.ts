import { withInstances } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance, environment) => {
  process.stderr.write(`Using ${JSON.stringify(environment.environment)}\n`);
  return instance;
});
