import { dirname } from "node:path";

import { systemCode } from "./install-files.ts";
import type { InstallFiles } from "./install-files.ts";
import { InstallRefusal } from "./install-outcome.ts";
import type { StagingFolder } from "./staging-folder.ts";

/** What a rename onto something that is there answers. */
const TAKEN = ["EEXIST", "ENOTEMPTY", "ENOTDIR", "EISDIR"];

/**
 * Gives the skill that was made its place, whole: by one rename where the place is free. Where it is not, the one that is there is
 * moved aside first and comes back if the other cannot take its place, so that there is no moment with half a skill, and a short one
 * with none.
 */
export async function putInPlace(staging: StagingFolder, place: string, files: InstallFiles, mayReplace: boolean): Promise<boolean> {
  const isTaken = (await files.look(place)) !== null;
  if (isTaken && !mayReplace) throw taken(place);
  if (isTaken) await files.rename(place, staging.replaced);
  try {
    await files.rename(staging.skill, place);
  } catch (error) {
    if (isTaken) await bringBack(staging, place, files);
    throw TAKEN.includes(systemCode(error) ?? "") ? taken(place) : error;
  }
  await files.sync(dirname(place));
  return isTaken;
}

async function bringBack(staging: StagingFolder, place: string, files: InstallFiles): Promise<void> {
  try {
    await files.rename(staging.replaced, place);
  } catch (error) {
    staging.keep();
    throw new Error(`The skill that was at ${place} could not be put back. It is at ${staging.replaced}; move it there.`, { cause: error });
  }
}

export function taken(place: string): InstallRefusal {
  return new InstallRefusal("EXISTS", `There is something at ${place} already. Give --force to replace it.`);
}
