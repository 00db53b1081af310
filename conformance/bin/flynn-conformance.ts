#!/usr/bin/env node
import { main } from "../src/cli/main.ts";

// `host` is the subject's side and must have stdout to itself, so it goes its own way before anything else is loaded.
if (process.argv[2] === "host") {
  process.argv.splice(2, 1);
  await import("../src/host/main.ts");
} else {
  process.exitCode = await main(process.argv.slice(2));
}
