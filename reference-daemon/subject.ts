import type { ElevationConfig } from "@flynn/sdk/elevation-gate";
import { defineSubject } from "@flynn/sdk/subject";
import type { SubjectEnvironment } from "@flynn/sdk/subject";

import { ReferenceElevationGate } from "./src/elevation/index.ts";
import { ReferenceSkillScanner } from "./src/skills/index.ts";
import { VERSION } from "./src/version.ts";

export default defineSubject({
  name: "flynn-reference",
  version: VERSION,
  contracts: {
    "skill-scanner@1": {
      flags: { "text-rules": true, suppressions: true },
      open: (environment) => {
        const onInternalError = (): void => environment.log("error", "The scanner failed inside; the result says so");
        const scanner = new ReferenceSkillScanner({ clock: environment.clock, onInternalError });
        return Object.assign(scanner, { close: () => {} });
      },
    },
    "elevation-gate@1": {
      open: ({ config, clock, host: { audit, hook } }: SubjectEnvironment<ElevationConfig>) => {
        if (!audit || !hook) throw new Error("The host offers no audit or no hook port");
        return new ReferenceElevationGate({ ...config, clock, audit: (event) => audit(event), hook: (prompt) => hook(prompt) });
      },
    },
  },
});
