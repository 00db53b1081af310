import { withInstances } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance) => {
  setInterval(() => undefined, 60_000);
  return instance;
});
