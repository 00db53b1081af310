#!/usr/bin/env node
import process from "node:process";

import { VERSION } from "../src/version.ts";

const args = process.argv.slice(2);

// Scripts ask for the version often, and nothing has to be loaded to answer.
if (args.length === 1 && args[0] === "--version") {
  process.stdout.write(`${VERSION}\n`);
} else {
  const { runProcess } = await import("../src/cli/run-process.ts");
  await runProcess(args);
}
