import { constants } from "node:fs";
import type { Stats } from "node:fs";
import { open, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

import { configError } from "./config-error.ts";

const MOST_BYTES = 1_048_576;
const OTHERS_MAY_WRITE = 0o022;
const STICKY = 0o1000;

/**
 * The text of the configuration file; undefined where it is not there. Throws `UNSAFE` where anybody but its user and root could
 * have written it, since whoever writes it decides who may leave the sandbox. A link to such a file is followed.
 */
export async function readConfigFile(path: string): Promise<string | undefined> {
  // A FIFO is not waited for.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK).catch(undefinedWhenMissing);
  if (file === undefined) return undefined;
  try {
    const facts = await file.stat();
    if (!facts.isFile()) throw configError("INVALID", `${path} is no regular file. Move it away, or name another file.`);
    refuseUnsafe(path, facts);
    const folder = dirname(await realpath(path));
    const folderFacts = await stat(folder);
    // In a sticky folder nobody replaces the files of others.
    if ((folderFacts.mode & STICKY) === 0) refuseUnsafe(folder, folderFacts);
    if (facts.size > MOST_BYTES) throw configError("INVALID", `${path} is larger than ${MOST_BYTES} bytes, and no configuration.`);
    return await file.readFile("utf8");
  } finally {
    await file.close();
  }
}

function undefinedWhenMissing(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}

function refuseUnsafe(path: string, { uid, mode }: Stats): void {
  if (uid !== 0 && process.geteuid !== undefined && uid !== process.geteuid()) {
    throw configError("UNSAFE", `${path} belongs to another user, who could allow themselves anything in it. Name a file of your own.`);
  }
  if ((mode & OTHERS_MAY_WRITE) === 0) return;
  const octal = (mode & 0o7777).toString(8).padStart(4, "0");
  throw configError("UNSAFE", `${path} has the mode ${octal}, so that others could allow themselves anything. Run: chmod go-w ${path}`);
}
