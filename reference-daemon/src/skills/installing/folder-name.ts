import { printable } from "../../text/printable.ts";
import { unportableReason } from "../names/windows-names.ts";

const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/u;

/** Why a skill of this name cannot get a folder, as a sentence; undefined if it can. */
export function folderNameProblem(name: string): string | undefined {
  if (!PLAIN_NAME.test(name)) {
    const shown = printable(JSON.stringify(name));
    return `Its name ${shown} is not a plain folder name; use up to 64 letters, digits, dots, hyphens and underscores, the first a letter or a digit`;
  }
  const reason = unportableReason(Buffer.from(name));
  return reason === null ? undefined : `Its name cannot be a folder everywhere. ${reason}; use another name`;
}
