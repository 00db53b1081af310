import { execFileSync } from "node:child_process";
import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

import { canDropFileOverride } from "../drivers/unprivileged.ts";
import type { HostFeature } from "./host-feature.ts";
import { temporaryRoot } from "./temporary-root.ts";

/** Each feature is tried out in a temporary folder, and the reason kept where it is not there. */
const trials: Readonly<Record<HostFeature, (folder: string) => void | Promise<void>>> = {
  "symbolic-links": (folder) => {
    symlinkSync("nowhere", join(folder, "link"));
  },
  "hard-links": (folder) => {
    writeFileSync(join(folder, "a"), "");
    linkSync(join(folder, "a"), join(folder, "b"));
    expect(statSync(join(folder, "b")).nlink === 2, "the link count did not change");
  },
  fifo: (folder) => {
    execFileSync("mkfifo", [join(folder, "fifo")], { stdio: "pipe" });
    expect(lstatSync(join(folder, "fifo")).isFIFO(), "mkfifo made something else");
  },
  "unix-sockets": async (folder) => {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(join(folder, "socket"), resolve);
    });
    await new Promise((resolve) => void server.close(resolve));
  },
  "device-nodes": (folder) => {
    execFileSync("mknod", [join(folder, "null"), "c", "1", "3"], { stdio: "pipe" });
  },
  "byte-file-names": (folder) => {
    writeFileSync(Buffer.concat([Buffer.from(join(folder, "x")), Buffer.from([0xff])]), "");
    const [name] = readdirSync(folder, { encoding: "buffer" });
    expect(name?.[1] === 0xff, "the file system changed the bytes of the name");
  },
  "case-sensitive-names": (folder) => {
    writeFileSync(join(folder, "name"), "");
    expect(!existsSync(join(folder, "NAME")), "names that differ in case are one name here");
  },
  permissions: () => {
    expect(canDropFileOverride(), "the suite runs as root and there is no setpriv to give up the right to read everything");
  },
  "access-times": (folder) => {
    const file = join(folder, "read");
    writeFileSync(file, "x");
    utimesSync(file, 1_000, 2_000);
    readFileSync(file);
    expect(statSync(file).atimeMs > 1_000_000, "the folder for temporary files is on a mount that keeps no access times");
  },
  "sparse-files": (folder) => {
    const file = join(folder, "sparse");
    writeFileSync(file, "");
    truncateSync(file, 2 ** 36);
    const handle = openSync(file, "r");
    try {
      expect(fstatSync(handle).blocks < 1_000, "the file system fills the holes of sparse files");
    } finally {
      closeSync(handle);
    }
  },
};

const known = new Map<HostFeature, Promise<string | undefined>>();

/** Why this machine lacks the feature, or undefined where it has it. */
export function missingFeature(feature: HostFeature): Promise<string | undefined> {
  const asked = known.get(feature) ?? tryOut(feature);
  known.set(feature, asked);
  return asked;
}

async function tryOut(feature: HostFeature): Promise<string | undefined> {
  const folder = mkdtempSync(join(temporaryRoot(), "flynn-host-"));
  try {
    await trials[feature](folder);
    return undefined;
  } catch (error) {
    return `${feature}: ${error instanceof Error ? error.message.split("\n", 1)[0] : String(error)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function expect(holds: boolean, reason: string): void {
  if (!holds) throw new Error(reason);
}
