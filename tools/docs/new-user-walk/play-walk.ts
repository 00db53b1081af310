import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { runCommand } from "../../ci/run-command.ts";
import { shortened, steadyOutput } from "./steady-output.ts";
import type { WalkStep } from "./walk-steps.ts";

/** What hangs is ended and shows as a status that nobody asked for. */
const LONGEST_RUN_MS = 240_000;

const EDITS = join(import.meta.dirname, "edits");

/** The page's sections, made by doing each step in `folder`. Throws for the first that goes otherwise. */
export function playWalk(steps: readonly WalkStep[], folder: string, environment: NodeJS.ProcessEnv): readonly string[] {
  return steps.map((step) => {
    if (step.kind === "says") return step.text;
    if (step.kind === "runs") return ran(step, folder, environment);
    const patch = join(EDITS, step.patch);
    runCommand("git", ["apply", patch], { cwd: folder });
    return fenced("diff", readFileSync(patch, "utf8").trimEnd());
  });
}

function ran(step: Extract<WalkStep, { kind: "runs" }>, folder: string, environment: NodeJS.ProcessEnv): string {
  console.log(`$ ${step.command}`);
  // One pipe for both, so that what was said first stands first.
  const { status, stdout } = spawnSync("bash", ["-euo", "pipefail", "-c", `exec 2>&1; ${step.command}`], {
    cwd: folder,
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    timeout: LONGEST_RUN_MS,
  });
  const problems = [
    ...(status === step.exit ? [] : [`ended with ${status} and not with ${step.exit}`]),
    ...(step.prints ?? []).filter((text) => !stdout.includes(text)).map((text) => `did not print “${text}”`),
    ...(step.lacks ?? []).filter((text) => stdout.includes(text)).map((text) => `printed “${text}”`),
  ];
  if (problems.length > 0) throw new Error(`${step.command} ${problems.join(", and ")}:\n${stdout}`);
  const steady = steadyOutput(stdout, dirname(folder));
  const shown = step.shows ? shortened(steady, step.shows) : steady;
  return fenced("console", shown === "" ? `$ ${step.command}` : `$ ${step.command}\n${shown}`);
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
