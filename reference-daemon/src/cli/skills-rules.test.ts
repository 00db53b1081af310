import { expect, test } from "vitest";

import { runCommand } from "../../test/command-line.ts";
import { ruleCatalogue } from "../skills/index.ts";

test("every rule is listed", async () => {
  const { stdout, status } = await runCommand(["skills", "rules", "--json"]);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual(ruleCatalogue);
  expect((await runCommand(["skills", "rules"])).stdout).toContain("FS-LINK  reject  link");
});

test("one rule is explained", async () => {
  const { stdout, status } = await runCommand(["skills", "rules", "FS-LINK"]);
  expect(status).toBe(0);
  expect(stdout.split("\n")[0]).toBe("FS-LINK");
  expect(stdout).toContain("  what    An entry is a symbolic link.\n");
  expect(stdout).toContain("  fix     Put a copy of the file in its place; links are never followed.\n");
  expect(stdout).toContain("  policy  may raise it; its findings are never suppressed\n");
  expect(JSON.parse((await runCommand(["skills", "rules", "--json", "FS-LINK"])).stdout)).toMatchObject({ id: "FS-LINK" });
});

test("a rule that is not there is named with the nearest one", async () => {
  const { stdout, stderr, status } = await runCommand(["skills", "rules", "FS-LONK"]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("error: there is no rule FS-LONK; the nearest is FS-LINK");
});
