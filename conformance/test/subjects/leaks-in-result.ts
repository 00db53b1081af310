import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance, environment) =>
  withMethods(instance, (method, name, args) => {
    const given = method(...args);
    if (name !== "acquire") return given;
    const key = Object.values(environment.environment).join("");
    return (given as Promise<object>).then((lease) => ({ ...lease, resource: `${(lease as { resource: string }).resource}-${key}` }));
  }),
);
