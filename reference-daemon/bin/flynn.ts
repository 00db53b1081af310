#!/usr/bin/env node
import process from "node:process";

import { VERSION } from "../src/version.ts";
import { nodeProblem } from "./oldest-node.ts";

const args = process.argv.slice(2);
const problem = nodeProblem("flynn");

if (problem !== undefined) {
  process.stderr.write(problem);
  process.exitCode = 2;
} else if (args.length === 1 && args[0] === "--version") {
  // Scripts ask for the version often, and nothing has to be loaded to answer.
  process.stdout.write(`${VERSION}\n`);
} else {
  const { runProcess } = await import("../src/cli/run-process.ts");
  await runProcess(args);
}
