import { spawn } from "node:child_process";

import { withInstances } from "../../mutants/wrap-instance.ts";
import exemplar from "../../specimen/exemplar.ts";

export default withInstances(exemplar, (instance) => {
  spawn("sleep", ["60"], { stdio: "ignore", detached: true }).unref();
  return instance;
});
