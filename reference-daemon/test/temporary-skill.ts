import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const GOOD_SKILL_FILE = "---\nname: sample\ndescription: A sample skill.\n---\n# Sample\n";

/** A skill on disk that is gone when it is disposed of. A value of null makes an empty folder. */
export function temporarySkill(files: Readonly<Record<string, string | Buffer | null>> = {}): Disposable & { readonly root: string } {
  const parent = mkdtempSync(join(tmpdir(), "flynn-skill-"));
  const root = join(parent, "sample");
  mkdirSync(root);
  for (const [path, content] of Object.entries({ "SKILL.md": GOOD_SKILL_FILE, ...files })) {
    const target = join(root, path);
    mkdirSync(content === null ? target : dirname(target), { recursive: true });
    if (content !== null) writeFileSync(target, content);
  }
  return { root, [Symbol.dispose]: () => rmSync(parent, { recursive: true, force: true }) };
}
