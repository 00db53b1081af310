#!/usr/bin/env node
import process from "node:process";

import { main } from "../src/cli/main.ts";
import { ignoreClosedPipe } from "../src/cli/streams.ts";

ignoreClosedPipe(process.stdout, process.stderr);
process.exitCode = await main(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  onInterrupt: (listener) => {
    process.once("SIGINT", listener);
    return () => void process.off("SIGINT", listener);
  },
});
