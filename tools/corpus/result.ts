import type { JudgedFixture } from "./judge-fixtures.ts";
import type { JudgedSkill } from "./judge-skills.ts";
import type { NotRun, Scanner } from "./scanners.ts";

/** Everything that one run found out. */
export interface CorpusResult {
  readonly date: string;
  readonly host: string;
  readonly command: string;
  readonly scanners: readonly (Scanner | NotRun)[];
  readonly fixtures: readonly JudgedFixture[];
  readonly notBuilt: readonly string[];
  readonly skills: { readonly name: string; readonly judged: readonly JudgedSkill[] } | null;
  readonly explanations: Readonly<Record<string, string>>;
}

export function scannersOf({ scanners }: CorpusResult): readonly Scanner[] {
  return scanners.flatMap((scanner) => ("notRun" in scanner ? [] : [scanner]));
}

/** As data: one fixture and one skill a line, with the rules that each scanner names and without any text of the skill. */
export function resultFile(result: CorpusResult): string {
  const { date, host, command, fixtures, notBuilt, skills } = result;
  const scanners = result.scanners.map((scanner) =>
    "notRun" in scanner ? scanner : { name: scanner.name, version: scanner.version, mapping: scanner.mapping },
  );
  const head = { schema: "flynn-corpus/1", date, host, command, scanners, notBuilt };
  const rows = fixtures.map(({ id, family, kind, due, answers }) => ({ id, family, kind, due, answers: briefly(answers) }));
  const real = skills?.judged.map(({ name, answers }) => ({ name, answers: briefly(answers) })) ?? [];
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "fixtures": ${list(rows)},\n  "skills": ${list(real)}\n}\n`;
}

function list(rows: readonly object[]): string {
  return rows.length === 0 ? "[]" : `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(",\n")}\n  ]`;
}

function briefly(answers: JudgedFixture["answers"]): object {
  return Object.fromEntries(
    Object.entries(answers).map(([name, { outcome, found }]) => [name, { outcome, rules: [...new Set(found.map(({ rule }) => rule))] }]),
  );
}
