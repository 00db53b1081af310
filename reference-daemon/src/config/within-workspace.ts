import { basename, dirname, join, resolve } from "node:path";

import { futurePath, isWithin } from "../tools/executor/workspace.ts";

/**
 * Whether a program that may write to the workspace could write this file too, or put another in its place: by its path as it is
 * given, or by where links lead. The file need not be there.
 */
export function isInWorkspace(file: string, workspace: string): boolean {
  const path = resolve(file);
  const places = [path, futurePath(path), join(futurePath(dirname(path)), basename(path))];
  const rooms = [resolve(workspace), futurePath(workspace)];
  return places.some((place) => rooms.some((room) => isWithin(place, room)));
}
