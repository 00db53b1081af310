import type { Finding } from "@flynn/sdk/skill-scanner";

import { isSameState } from "./file-system.ts";
import type { SkillFileSystem } from "./file-system.ts";
import { changedFinding, troubleFinding } from "./file-trouble.ts";
import type { ReadingRoom } from "./reading-room.ts";
import type { FoundEntry } from "./tree-entry.ts";

const BYTES_IN_A_STEP = 1_048_576;

/**
 * The bytes of a regular file, all from one state of it, or the finding that says why not. The size was checked against its
 * limit when the file was found, and a file that has another size now is a file that changed. With a room, they are there only
 * until the room is used again.
 */
export function* readFile(
  fileSystem: SkillFileSystem,
  file: Pick<FoundEntry, "path" | "location" | "stat">,
  room: ReadingRoom | null = null,
): Generator<void, Buffer | Finding> {
  let descriptor: number;
  try {
    descriptor = fileSystem.open(file.location);
  } catch (error) {
    return troubleFinding(file.path, error, "opened");
  }
  try {
    if (!isSameState(file.stat, fileSystem.fstat(descriptor))) return changedFinding(file.path);
    const bytes = yield* readToEnd(fileSystem, descriptor, Number(file.stat.size), room);
    if (bytes === null || !isSameState(file.stat, fileSystem.fstat(descriptor))) return changedFinding(file.path);
    return bytes;
  } catch (error) {
    return troubleFinding(file.path, error, "read");
  } finally {
    fileSystem.close(descriptor);
  }
}

/** Null if the file does not end where it should: one byte more is asked for than it has. */
function* readToEnd(
  fileSystem: SkillFileSystem,
  descriptor: number,
  size: number,
  room: ReadingRoom | null,
): Generator<void, Buffer | null> {
  const buffer = room?.for(size + 1) ?? Buffer.allocUnsafe(size + 1);
  let filled = 0;
  while (filled <= size) {
    const wanted = Math.min(size + 1 - filled, BYTES_IN_A_STEP);
    const count = fileSystem.read(descriptor, buffer, filled, wanted);
    if (count === 0) break;
    filled += count;
    if (wanted === BYTES_IN_A_STEP) yield;
  }
  return filled === size ? buffer.subarray(0, size) : null;
}
