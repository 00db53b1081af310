import { execFile } from "node:child_process";
import { lstatSync, readlinkSync } from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";

import { findProgram } from "./resolve-call.ts";
import { NoSandbox } from "./sandbox.ts";
import type { Sandbox, SandboxedProgram } from "./sandbox.ts";
import { scrubbedEnvironment } from "./scrubbed-environment.ts";
import type { Program } from "./start-program.ts";
import { refused } from "./tool-call.ts";
import type { Refused } from "./tool-call.ts";
import { futurePath, isWithin, realPath, workspaceProblem } from "./workspace.ts";

export interface SandboxOptions {
  /** Where `bwrap` is looked for, and the home that is no workspace. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Absolute paths of folders that are empty in the sandbox although they lie in the workspace, such as that of the audit log. */
  readonly hidden?: readonly string[];
  /** Absolute paths that are there, read-only, besides those of the system: `/nix/store`, a tool chain. */
  readonly readOnly?: readonly string[];
  /** False where it is left out: then there is not even the loopback of the host. */
  readonly allowNetwork?: boolean;
}

const SYSTEM_FOLDERS = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];
const SYSTEM_FILES = ["/etc/alternatives", "/etc/ld.so.cache"];
const NETWORK_FILES = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/ssl", "/etc/ca-certificates", "/etc/pki"];
const ISOLATION = ["--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"];
/** Without it a program in the sandbox could make namespaces, and be root in them, where many a hole in a kernel is. */
const NO_NAMESPACES_INSIDE = ["--unshare-user", "--disable-userns"];

/**
 * The sandbox of this machine. It is tried once, by running a program in it, since a kernel may forbid what `bwrap` needs. What
 * cannot be made is a sandbox that refuses, never one that lets through.
 */
export async function findSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { PATH = "" } = scrubbedEnvironment(options.environment);
  const find = (name: string): Promise<string | undefined> => findProgram(name, { cwd: "/", path: PATH });
  const [bwrap, probe] = await Promise.all([find("bwrap"), find("true")]);
  if (bwrap === undefined) return new NoSandbox("bwrap was not found on PATH");
  let problem = "there is no program `true` to try it with";
  // A bwrap before 0.8 does not know the first.
  for (const isolation of probe === undefined ? [] : [[...ISOLATION, ...NO_NAMESPACES_INSIDE], ISOLATION]) {
    const sandbox = new Bubblewrap(bwrap, isolation, options);
    const failure = await failureOf(bwrap, [...sandbox.roomArguments(), "--", probe ?? ""]);
    if (failure === undefined) return sandbox;
    problem = failure;
  }
  return new NoSandbox(`${bwrap} does not work here (${problem})`);
}

/** Runs programs in namespaces of their own, where they see the system read-only, their workspace, and nothing else. */
class Bubblewrap implements Sandbox {
  readonly #bwrap: string;
  readonly #isolation: readonly string[];
  readonly #hidden: readonly string[];
  readonly #readOnly: readonly string[];
  readonly #hasNetwork: boolean;
  readonly #home: string | undefined;

  constructor(bwrap: string, isolation: readonly string[], options: SandboxOptions) {
    const { environment, hidden = [], readOnly = [], allowNetwork = false } = options;
    this.#bwrap = bwrap;
    this.#isolation = isolation;
    this.#hidden = [...hidden];
    this.#readOnly = [...readOnly];
    this.#hasNetwork = allowNetwork;
    this.#home = environment["HOME"];
  }

  wrap({ executable, argv, environment, cwd, workspace: given }: SandboxedProgram): Program | Refused {
    // Each time: a folder that was a good one may be a link by now.
    const problem = workspaceProblem(given, { home: this.#home, hidden: this.#hidden });
    const workspace = realPath(given);
    if (problem !== undefined || workspace === undefined) return refused("BAD_WORKSPACE", `Nothing runs in the sandbox: ${problem}.`);
    const seen = [...SYSTEM_FOLDERS, ...this.#readOnly, workspace].map(futurePath);
    const masked = this.#hidden.map(futurePath).filter((folder) => seen.some((other) => isWithin(folder, other)));
    if (!isWithin(cwd, workspace) || masked.some((folder) => isWithin(cwd, folder))) {
      return refused("OUTSIDE_WORKSPACE", `${cwd} is not to be seen in the sandbox; a call there works in ${workspace}.`);
    }
    const program = realPath(executable) ?? executable;
    if (!seen.some((folder) => isWithin(program, folder)) || masked.some((folder) => isWithin(program, folder))) {
      return refused(
        "NOT_IN_SANDBOX",
        `${program} is not to be seen in the sandbox, which has the programs of the system and of ${workspace}.`,
      );
    }
    const variables = { ...environment, HOME: "/tmp", TMPDIR: "/tmp" };
    const options = [
      ...this.roomArguments(["--bind", workspace, workspace, ...masked.flatMap((folder) => maskArguments(folder, workspace))]),
      ...["--chdir", cwd],
      ...Object.entries(variables).flatMap(([name, value]) => ["--setenv", name, value]),
    ];
    return { executable: this.#bwrap, argv: ["bwrap", ...options, "--", executable, ...argv.slice(1)], environment: {} };
  }

  /** The room that a program finds itself in, without and with what is mounted for this one. */
  roomArguments(mounts: readonly string[] = []): readonly string[] {
    const files = [...SYSTEM_FILES, ...(this.#hasNetwork ? NETWORK_FILES : [])];
    return [
      ...this.#isolation,
      ...(this.#hasNetwork ? ["--share-net"] : []),
      ...SYSTEM_FOLDERS.flatMap(systemArguments),
      ...files.flatMap((path) => ["--ro-bind-try", path, path]),
      ...["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"],
      ...this.#readOnly.flatMap((path) => ["--ro-bind-try", path, path]),
      ...mounts,
      // What was made to mount things on is not to be written to either.
      ...["--remount-ro", "/", "--clearenv"],
    ];
  }
}

/** The layout of the host: where `/bin` is a link, it is one in the sandbox. */
function systemArguments(path: string): readonly string[] {
  try {
    return lstatSync(path).isSymbolicLink() ? ["--symlink", readlinkSync(path), path] : ["--ro-bind", path, path];
  } catch {
    return [];
  }
}

/** Each folder on the way is mounted on itself, since what is mounted cannot be renamed: moved away, the hidden folder would be found there. */
function maskArguments(hidden: string, workspace: string): readonly string[] {
  const way: string[] = [];
  for (let folder = dirname(hidden); folder !== workspace && isWithin(folder, workspace); folder = dirname(folder)) way.unshift(folder);
  const there = way.filter((folder) => realPath(folder) !== undefined);
  return [...there.flatMap((folder) => ["--bind", folder, folder]), "--tmpfs", hidden];
}

async function failureOf(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)(program, args, { env: {}, cwd: "/" });
    return undefined;
  } catch (error) {
    const { stderr = "" } = error as { readonly stderr?: string };
    return stderr.trim() || (error as Error).message;
  }
}
