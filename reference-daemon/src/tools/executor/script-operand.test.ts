import { join } from "node:path";

import { expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import { scriptOperand } from "./script-operand.ts";

test.each([
  ["sh", ["sh", "script"], "script"],
  ["dash", ["sh", "-eu", "script", "data"], "script"],
  ["bash", ["bash", "-euo", "pipefail", "script"], "script"],
  ["bash", ["bash", "--rcfile", "data", "script"], "script"],
  ["bash", ["bash", "--", "-dashed"], "-dashed"],
  ["bash", ["bash", "-ec", "true", "script"], undefined],
  ["zsh", ["zsh", "-c", "true"], undefined],
  ["python3.11", ["python3", "-W", "error", "-u", "script"], "script"],
  ["python3.11", ["python3", "-Werror::DeprecationWarning", "script"], "script"],
  ["python3.11", ["python3", "-Im", "http.server", "data"], undefined],
  ["node", ["node", "--require", "./data", "--no-warnings", "script", "-e"], "script"],
  ["node", ["node", "-e", "1", "data"], undefined],
  ["deno", ["deno", "run", "--allow-read", "script"], "script"],
  ["perl5.36.0", ["perl", "-I", "folder", "-c", "script"], "script"],
  ["php8.2", ["php", "-c", "data", "-f", "script"], "script"],
  ["ruby", ["ruby", "-W0", "script"], "script"],
  ["env", ["env", "-i", "A=data", "python3", "script"], "script"],
  ["timeout", ["timeout", "5", "/usr/bin/bash", "script"], "script"],
  ["nice", ["nice", "cat", "data"], undefined],
  ["cat", ["cat", "script"], undefined],
  ["sh", ["sh", "absent"], undefined],
])("of %s, called as %j, it is %s", async (program, argv, expected) => {
  using folder = temporaryFolder();
  for (const name of ["script", "data", "-dashed", "pipefail", "folder/x"]) folder.write(name, "");
  const operand = await scriptOperand([`/usr/bin/${program}`], argv, folder.path);
  expect(operand).toEqual(expected === undefined ? { kind: "none" } : { kind: "script", path: join(folder.path, expected) });
});
