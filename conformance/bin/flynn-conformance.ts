#!/usr/bin/env node
import { constants } from "node:os";

import { nodeProblem } from "./oldest-node.ts";

const problem = nodeProblem("flynn-conformance");

if (problem !== undefined) {
  process.stderr.write(problem);
  process.exitCode = 2;
} else {
  // Half of the time that a short command takes is the compiling of its modules. Not there on every Node that could start this.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache();

  // `host` is the subject's side and must have stdout to itself, so it goes its own way before anything else is loaded.
  if (process.argv[2] === "host" && process.argv[3]?.startsWith("-") === false) {
    process.argv.splice(2, 1);
    await import("../src/host/main.ts");
  } else {
    // An interrupted run takes its subjects and its folders with it, which is done where the process exits.
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
      process.once(signal, () => process.exit(128 + constants.signals[signal]));
    const { main } = await import("../src/cli/main.ts");
    const exitCode = await main(process.argv.slice(2));
    // A subject that is served in this process may have left something that would keep it alive.
    process.stdout.write("", () => process.exit(exitCode));
  }
}
