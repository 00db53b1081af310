import { spawnSync } from "node:child_process";

import type { PackedProject } from "../packages/packed-project.ts";

const COMMANDS: readonly (readonly [string, ...string[]])[] = [
  ["flynn-conformance", "--version"],
  ["flynn-conformance", "host", "./my-scanner.js"],
  ["flynn", "--version"],
  ["flynn", "skills", "scan", "."],
];

/** On a Node that is too old each command says which one it needs, in one line and with status 2, and no stack. */
export function refusesOldNode({ folder, environment }: PackedProject): void {
  for (const [command, ...args] of COMMANDS) {
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, env: environment, encoding: "utf8" });
    const expected = new RegExp(`^${command} needs Node 22\\.22 or later, and this is 20\\.\\d+\\.\\d+\\. .*\\n$`, "u");
    console.log(`$ ${[command, ...args].join(" ")}\n${stdout}${stderr}`);
    if (status !== 2 || stdout !== "" || !expected.test(stderr))
      throw new Error(
        `${command} ended with ${status} on Node 20; it must end with 2 and say on stderr which Node it needs: ${expected.source}`,
      );
  }
}
