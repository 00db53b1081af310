import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

/** In the middle of a case the person at the terminal has had enough; here the subject presses the keys. */
export default withInstances(exemplar, (instance) =>
  withMethods(instance, (method, name, args) => {
    if (name === "acquire") process.kill(process.ppid, "SIGINT");
    return method(...args);
  }),
);
