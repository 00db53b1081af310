import { isUtf8 } from "node:buffer";

import type { Finding } from "@flynn/sdk/skill-scanner";

import { SKILL_FILE } from "../metadata-files.ts";
import { finding } from "../rules/finding.ts";
import { treeRules } from "../rules/tree-rules.ts";
import type { ListedName, SkillFileSystem } from "../tree/file-system.ts";
import { troubleFinding } from "../tree/file-trouble.ts";
import { listedNames } from "../tree/listed-names.ts";

/** A folder that is to be scanned, or one that nobody can look for skills in. */
export interface SkillPlace {
  /** Absolute. */
  readonly root: string;
  /** Why it cannot be scanned; null if it can. */
  readonly problem: Finding | null;
}

const SLASH = Buffer.from("/");
const NAMES_IN_A_STEP = 512;

/**
 * Every folder at or below `root` that holds a SKILL.md, however it is spelled and whatever it is, in the order of their bytes.
 * Nothing is left out by its name, and no link is followed. A folder that cannot be listed is a place with a problem: there could
 * be skills in it. Where nothing is found, `root` itself is what there is to scan, so that a path with a mistake in it does not
 * pass.
 */
export function* findSkills(fileSystem: SkillFileSystem, root: string): Generator<void, SkillPlace[]> {
  const places: { readonly location: Buffer; readonly problem: Finding | null }[] = [];
  const start = Buffer.from(root);
  const waiting = [start];
  for (let location = waiting.pop(); location; location = waiting.pop()) {
    try {
      const names = yield* namesIn(fileSystem, location);
      if (names === null) continue;
      if (names.some(isSkillFile)) places.push({ location, problem: isUtf8(location) ? null : UNNAMEABLE });
      for (const { name, kind } of names) if (kind === "directory") waiting.push(Buffer.concat([location, SLASH, name]));
    } catch (error) {
      // Of the folder that was asked for, the scanner itself says what is wrong.
      if (location.length === start.length) break;
      places.push({ location, problem: troubleFinding("", error, "listed") });
    }
  }
  if (places.length === 0) return [{ root, problem: null }];
  return places
    .toSorted((a, b) => Buffer.compare(a.location, b.location))
    .map(({ location, problem }) => ({ root: location.toString("utf8"), problem }));
}

/** A request names its folder with a text. */
const UNNAMEABLE = finding(treeRules.encoding, { path: "", what: "The path of the folder is not UTF-8, so that it cannot be scanned" });

function isSkillFile({ name }: ListedName): boolean {
  return name.length === SKILL_FILE.length && name.toString("latin1").toLowerCase() === SKILL_FILE.toLowerCase();
}

/** Null for what is no folder: then the scanner says what it is. */
function* namesIn(fileSystem: SkillFileSystem, location: Buffer): Generator<void, ListedName[] | null> {
  const stat = fileSystem.lstat(location);
  if (stat.kind !== "directory") return null;
  const names: ListedName[] = [];
  for (const entry of listedNames(fileSystem, location, stat)) {
    names.push(entry);
    if (names.length % NAMES_IN_A_STEP === 0) yield;
  }
  yield;
  return names;
}
