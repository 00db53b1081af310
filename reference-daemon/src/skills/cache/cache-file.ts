import { createHash, randomUUID } from "node:crypto";
import { constants } from "node:fs";
import type { Stats } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";

import * as z from "zod";

import { cacheError } from "./cache-error.ts";

/** No link is followed, and no FIFO is waited for. */
const SAFE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK | constants.O_NOCTTY;
const OTHERS_MAY_WRITE = 0o022;
const STICKY = 0o1000;
const FOR_US_ALONE = 0o600;
/** About what a million skills need, and less than the longest text. */
const MOST_BYTES = 500_000_000;

const CACHE_SCHEMA = "flynn-skills-cache/1";
const headSchema = z.strictObject({ schema: z.literal(CACHE_SCHEMA), key: z.string(), sha256: z.string() });

export interface CacheContent {
  /** What the entries hold for; with another one they are of no use. */
  readonly key: string;
  /** One entry a line, as JSON. */
  readonly lines: readonly string[];
}

/** What the file holds; null where none is there. Throws `UNSAFE`, `INVALID` or `UNREADABLE`. */
export async function readCacheFile(path: string): Promise<CacheContent | null> {
  const bytes = await readOwnFile(path);
  if (bytes === null) return null;
  const headEnd = bytes.indexOf("\n");
  const head = headSchema.safeParse(jsonOf(bytes.toString("utf8", 0, headEnd)));
  if (!head.success) throw cacheError("INVALID", `The cache ${path} is none of this version of flynn; it is written anew.`);
  const body = bytes.subarray(headEnd + 1);
  if (sha256(body) !== head.data.sha256) throw cacheError("INVALID", `The cache ${path} is damaged; it is written anew.`);
  return { key: head.data.key, lines: body.toString("utf8").split("\n").filter(Boolean) };
}

/** The new content is there as a whole, or the old one still is. Throws `UNWRITABLE`. */
export async function writeCacheFile(path: string, { key, lines }: CacheContent): Promise<void> {
  const body = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const draft = `${path}.${randomUUID()}.new`;
  try {
    const file = await open(draft, "wx", FOR_US_ALONE);
    try {
      await file.writeFile(`${JSON.stringify({ schema: CACHE_SCHEMA, key, sha256: sha256(body) })}\n`);
      await file.writeFile(body);
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw cacheError("UNWRITABLE", `The cache ${path} cannot be written (${codeOf(error)}). Name a place that you may write to.`, error);
  }
}

async function readOwnFile(path: string): Promise<Buffer | null> {
  try {
    const folder = await stat(dirname(path));
    // In a sticky folder nobody replaces the files of others.
    if ((folder.mode & STICKY) === 0) refuseUnsafe(dirname(path), folder);
    const file = await open(path, SAFE);
    try {
      const facts = await file.stat();
      if (!facts.isFile()) throw cacheError("UNSAFE", `${path} is no regular file. Move it away, or name another one for the cache.`);
      refuseUnsafe(path, facts);
      if (facts.size > MOST_BYTES) throw cacheError("INVALID", `The cache ${path} is too large; it is written anew.`);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return null;
    if (code === "ELOOP") throw cacheError("UNSAFE", `${path} is a link. Name the file itself for the cache.`);
    if (error instanceof Error && "syscall" in error) throw cacheError("UNREADABLE", `The cache ${path} cannot be read (${code}).`, error);
    throw error;
  }
}

function refuseUnsafe(path: string, { uid, mode }: Stats): void {
  if (uid !== 0 && process.geteuid !== undefined && uid !== process.geteuid()) {
    throw cacheError("UNSAFE", `${path} belongs to another user, who could let any skill pass in a cache. Name a place of your own.`);
  }
  if ((mode & OTHERS_MAY_WRITE) === 0) return;
  const octal = (mode & 0o7777).toString(8).padStart(4, "0");
  throw cacheError("UNSAFE", `${path} has the mode ${octal}, so that others could let any skill pass in a cache. Run: chmod go-w ${path}`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "an error";
}

/** Undefined for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    // JSON.parse: the caller passes it to a schema.
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
