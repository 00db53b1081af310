import { CodedError } from "@flynn/sdk/kernel";

import { withInstances, withMethods } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance, environment) =>
  withMethods(instance, (method, name, args) => {
    const given = method(...args);
    if (name !== "acquire") return given;
    return (given as Promise<unknown>).catch((error: unknown) => {
      if (!CodedError.is(error)) throw error;
      throw new CodedError(error.code, error.message, { cause: new Error(`Sent ${Object.values(environment.environment).join(" ")}`) });
    });
  }),
);
