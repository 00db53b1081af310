import { spawnSync } from "node:child_process";

export interface CommandOptions {
  readonly cwd: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** Statuses that are as they should be; 0 unless said. */
  readonly expected?: readonly number[];
}

/** Runs a command with its output shown; throws, naming it, when it ends otherwise than expected. */
export function runCommand(command: string, args: readonly string[], options: CommandOptions): void {
  const { cwd, environment = process.env, expected = [0] } = options;
  const shown = [command, ...args].join(" ");
  console.log(`$ ${shown}`);
  const { status, error } = spawnSync(command, args, { cwd, env: environment, stdio: ["ignore", "inherit", "inherit"] });
  if (error) throw new Error(`${shown} could not be started: ${error.message}`);
  if (status === null || !expected.includes(status)) throw new Error(`${shown} ended with ${status} and not with ${expected.join(" or ")}`);
}

/** What a command prints to stdout, without the last line feed. */
export function outputOf(command: string, args: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${[command, ...args].join(" ")} ended with ${status}: ${stderr}`);
  return stdout.trimEnd();
}
