import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";

import type { CallFacts } from "@flynn/sdk/elevation-gate";
import { canonicalJson } from "@flynn/sdk/kernel";

import { scriptOperand } from "./script-operand.ts";
import { sealFile } from "./sealed-file.ts";
import type { SealedFile } from "./sealed-file.ts";
import { refused } from "./tool-call.ts";
import type { Refused, ToolCall } from "./tool-call.ts";

/** A call with everything that its words stand for, as it was at one moment. */
export interface ResolvedCall {
  readonly kind: "resolved";
  readonly facts: CallFacts;
  /** Where the program was found, before links were followed. */
  readonly found: string;
  readonly executable: SealedFile;
  readonly script: SealedFile | null;
  /** What the program would run and cannot be compared. */
  readonly unbound: string | null;
}

/** Looks at everything anew each time; nothing of an earlier look is kept. */
export async function resolveCall(call: ToolCall, environment: Readonly<Record<string, string>>): Promise<ResolvedCall | Refused> {
  const cwd = await resolveFolder(call.cwd);
  if (!cwd) return refused("BAD_CWD", `${shown(call.cwd)} is no folder that can be worked in; give the absolute path of one.`);
  const [name = ""] = call.argv;
  const found = await findProgram(name, { cwd: cwd.path, path: environment["PATH"] ?? "" });
  if (found === undefined) {
    return refused("NOT_FOUND", `There is no program ${shown(name)}: no executable file of that name on PATH, or at that path.`);
  }
  const executable = await sealFile(found).catch(() => undefined);
  if (!executable) return refused("NOT_READABLE", `${shown(found)} cannot be read, so it cannot be said what would run.`);
  const operand = await scriptOperand([found, executable.path], call.argv, cwd.path);
  const script = operand.kind === "script" ? await sealFile(operand.path).catch(() => undefined) : null;
  if (script === undefined) return refused("NOT_READABLE", "The script cannot be read, so it cannot be said what would run.");
  return {
    kind: "resolved",
    found,
    executable,
    script,
    unbound: operand.kind === "unbound" ? operand.path : null,
    facts: {
      tool: call.tool,
      argv: [...call.argv],
      cwd,
      environmentDigest: createHash("sha256").update(canonicalJson(environment)).digest("hex"),
      executable: { path: executable.path, sha256: executable.sha256 },
      script: script && { path: script.path, sha256: script.sha256 },
    },
  };
}

/** The absolute path of a program, with its links; as a shell finds it, except that no relative folder is searched. */
export async function findProgram(
  name: string,
  { cwd, path }: { readonly cwd: string; readonly path: string },
): Promise<string | undefined> {
  const folders = path.split(":").filter((folder) => isAbsolute(folder));
  const candidates = name.includes("/") ? [resolve(cwd, name)] : folders.map((folder) => join(folder, name));
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function resolveFolder(given: string): Promise<CallFacts["cwd"] | undefined> {
  if (!isAbsolute(given)) return undefined;
  try {
    const path = await realpath(given);
    const stats = await stat(path, { bigint: true });
    return stats.isDirectory() ? { path, device: String(stats.dev), inode: String(stats.ino) } : undefined;
  } catch {
    return undefined;
  }
}

function shown(text: string): string {
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
