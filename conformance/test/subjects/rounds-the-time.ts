import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

interface Status {
  readonly remainingMs: number;
}

/** Whole seconds are all that its own interface shows. */
export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    const given = method(...args);
    if (name !== "status") return given;
    return (given as Promise<Status>).then((status) => ({ ...status, remainingMs: Math.ceil(status.remainingMs / 1_000) * 1_000 }));
  }),
);
