import { skillFixture } from "@flynn/fixtures/skills";
import type { SkillFixture } from "@flynn/fixtures/skills";

/** What is gathered may be more than the default limits let in. */
const ROOM = { files: 5_000, directories: 1_000, totalBytes: 2 ** 25 } as const;

/** The files of several fixtures in one skill, each in a folder of its own, so that one scan comes by the findings of all. */
export function gatheredSkill(id: string, technique: string, ids: readonly string[]): SkillFixture {
  const base = skillFixture("mixed-clean-small");
  const gathered = ids.flatMap((from) =>
    skillFixture(from).entries.flatMap((entry) => (entry.kind === "file" ? [{ ...entry, path: `${from}/${entry.path}` }] : [])),
  );
  return {
    ...base,
    id,
    kind: "hostile",
    technique,
    requires: [...new Set(ids.flatMap((from) => skillFixture(from).requires))],
    entries: [...base.entries.filter(({ path }) => path === "SKILL.md"), ...gathered],
    request: { limits: ROOM },
    expect: {},
  };
}
