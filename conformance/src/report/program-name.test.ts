import { expect, test } from "vitest";

import { programName } from "./program-name.ts";

test.each([
  [{}, "flynn-conformance"],
  [{ npm_lifecycle_event: "npx", npm_lifecycle_script: "'flynn-conformance' init specimen" }, "npx flynn-conformance"],
  [{ npm_lifecycle_event: "npx", npm_lifecycle_script: "flynn-conformance" }, "npx flynn-conformance"],
  [{ npm_lifecycle_event: "npx", npm_lifecycle_script: "'vitest' run" }, "flynn-conformance"],
  [{ npm_lifecycle_event: "conformance", npm_config_user_agent: "pnpm/12.21.0 npm/? node/?" }, "pnpm conformance"],
  [{ npm_lifecycle_event: "conformance", npm_config_user_agent: "npm/11.19.1 node/v24.21.0" }, "npm run conformance --"],
])("%j was typed as %s", (environment, name) => {
  expect(programName(environment)).toBe(name);
});
