import { mkdtempDisposableSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect, test } from "vitest";

import { StdioDriver } from "./stdio-driver.ts";

async function linesOf(driver: StdioDriver): Promise<readonly string[]> {
  const transport = await driver.start();
  const lines: string[] = [];
  transport.listen({ line: (text) => lines.push(text), stderr: () => undefined, exit: () => undefined });
  await transport.exited;
  return lines;
}

test("a command runs in the folder that it is given, else in the current one", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "flynn-test-"));
  expect(await linesOf(new StdioDriver(["pwd"], {}, folder.path))).toEqual([realpathSync(folder.path)]);
  expect(await linesOf(new StdioDriver(["pwd"]))).toEqual([process.cwd()]);
});
