import { copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const PROGRAM = /\.[cm]?js$/u;
/** Both scanners pass over a larger file, one with a finding and the other in silence. */
const MOST_FILE_BYTES = 1_048_576;
const FILES_IN_A_SKILL = 400;
const BYTES_IN_A_SKILL = 7_500_000;

/** Programs that people wrote: those of the peer itself, as skills, up to so many bytes. Gives how many skills it made. */
export function writePeerSkills(peerRoot: string, folder: string, mostBytes: number): number {
  let skill = -1;
  let files = FILES_IN_A_SKILL;
  let bytes = 0;
  let total = 0;
  for (const { path, size } of programsIn(peerRoot)) {
    if (total + size > mostBytes) break;
    if (files === FILES_IN_A_SKILL || bytes + size > BYTES_IN_A_SKILL) {
      skill += 1;
      files = 0;
      bytes = 0;
      mkdirSync(join(folder, `skill-${skill}`), { recursive: true });
      writeFileSync(join(folder, `skill-${skill}`, "SKILL.md"), `---\nname: peer-${skill}\ndescription: Programs of the peer.\n---\n`);
    }
    copyFileSync(path, join(folder, `skill-${skill}`, `${files}${/\.[cm]?js$/u.exec(path)?.[0] ?? ".js"}`));
    files += 1;
    bytes += size;
    total += size;
  }
  return skill + 1;
}

function* programsIn(folder: string): Generator<{ readonly path: string; readonly size: number }> {
  for (const entry of readdirSync(folder, { withFileTypes: true }).toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* programsIn(path);
    else if (entry.isFile() && PROGRAM.test(entry.name)) {
      const { size } = statSync(path);
      if (size > 0 && size <= MOST_FILE_BYTES) yield { path, size };
    }
  }
}
