import { lstatSync, utimesSync } from "node:fs";

const LONG_AGO_S = 1_000;
const A_LITTLE_LATER_S = 2_000;

/**
 * Makes the next read of a file, or the next listing of a folder, show in its access time: mounts that keep access times only
 * roughly still move one that is older than the last change.
 */
export function armAccessTime(location: string | Buffer): void {
  utimesSync(location, LONG_AGO_S, A_LITTLE_LATER_S);
}

/** Whether something was read since {@link armAccessTime}. */
export function wasRead(location: string | Buffer): boolean {
  return lstatSync(location).atimeMs > A_LITTLE_LATER_S * 1_000;
}
