import { defineSubject } from "@flynn/sdk/subject";

import { ReferenceSkillScanner } from "./src/skills/index.ts";
import { VERSION } from "./src/version.ts";

export default defineSubject({
  name: "flynn-reference",
  version: VERSION,
  contracts: {
    "skill-scanner@1": {
      open: (environment) => {
        const onInternalError = (): void => environment.log("error", "The scanner failed inside; the result says so");
        const scanner = new ReferenceSkillScanner({ clock: environment.clock, onInternalError });
        return Object.assign(scanner, { close: () => {} });
      },
    },
  },
});
