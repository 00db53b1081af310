import { withInstances } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** Each instance is closed in good order, and a moment later the process falls over something that was put off. */
export default withInstances(exemplar, (instance) => ({
  ...instance,
  close: () => {
    setImmediate(() => {
      throw new Error("The index is stale");
    });
  },
}));
