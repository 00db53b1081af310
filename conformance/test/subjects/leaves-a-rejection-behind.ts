import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** As an author does who forgets an `await`. */
export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    if (name === "acquire") void Promise.reject(new Error("The audit log is full"));
    return method(...args);
  }),
);
