import { withInstances } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance, environment) => {
  environment.log("info", "started", { environment: { ...environment.environment } });
  return instance;
});
