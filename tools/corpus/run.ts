import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { skillFixtures } from "@flynn/fixtures/skills";
import * as z from "zod";

import { corpusPages } from "./corpus-pages.ts";
import { groupOf } from "./groups.ts";
import { hostLine } from "./host-line.ts";
import { judgeFixtures } from "./judge-fixtures.ts";
import { judgeSkills } from "./judge-skills.ts";
import type { CorpusResult } from "./result.ts";
import { resultFile } from "./result.ts";
import { ScannerProcess } from "./scanner-process.ts";
import { findScanners } from "./scanners.ts";
import { summaryTables } from "./summary-tables.ts";

const HELP = `pnpm corpus [options]
Builds every skill of the corpus, shows it to each scanner, and prints who says what.
  --openclaw <dir>    a folder with node_modules/openclaw; else FLYNN_BENCH_OPENCLAW, else .flynn/bench
  --cisco <dir>       a folder that Python imports skill_scanner from; else FLYNN_CORPUS_CISCO
  --secretlint <dir>  a folder with node_modules/@secretlint; else FLYNN_CORPUS_SECRETLINT
  --skills <dir>      real skills, one a folder, of which each finding is a false alarm until somebody has looked at it
  --skills-name <s>   what they are, for the page (real skills)
  --group <name>      one family of texts, or "structure"; may be given again (all)
  --seed <text>       of names and nonces in the skills (corpus)
  --timeout <s>       for one skill; who gives no answer in that time has failed (10)
  --write             writes docs/corpus, with all groups only`;

/** What is a false alarm and why, or is none, by skill, rule and path. */
const explanationsSchema = z.record(z.string(), z.string());

process.exitCode = await main();

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      openclaw: { type: "string" },
      cisco: { type: "string" },
      secretlint: { type: "string" },
      skills: { type: "string" },
      "skills-name": { type: "string", default: "real skills" },
      group: { type: "string", multiple: true },
      seed: { type: "string", default: "corpus" },
      timeout: { type: "string", default: "10" },
      write: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help || (values.write && values.group)) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const all = findScanners({
    openclaw: values.openclaw ?? process.env["FLYNN_BENCH_OPENCLAW"],
    cisco: values.cisco ?? process.env["FLYNN_CORPUS_CISCO"],
    secretlint: values.secretlint ?? process.env["FLYNN_CORPUS_SECRETLINT"],
  });
  const scanners = all.flatMap((scanner) => ("notRun" in scanner ? [] : [scanner]));
  using stack = new DisposableStack();
  const processes = scanners.map((scanner) => stack.use(new ScannerProcess(scanner, Number(values.timeout) * 1_000)));
  const fixtures = [...skillFixtures().values()]
    .filter(({ family }) => values.group?.includes(groupOf(family)) ?? true)
    // What a hostile one of these asks for is an inventory or a finding, and no verdict.
    .filter(({ kind, expect }) => kind === "benign" || expect.verdict !== undefined);
  const judged = await judgeFixtures(fixtures, processes, values.seed, tellProgress);
  tellProgress("");
  const skills = values.skills === undefined ? null : { name: values["skills-name"], judged: await judgeSkills(values.skills, processes) };
  const result: CorpusResult = {
    date: new Date().toISOString().slice(0, 10),
    host: hostLine(),
    command: `pnpm corpus --seed ${values.seed} --timeout ${values.timeout}${values.skills === undefined ? "" : " --skills <folder>"} --openclaw <folder> --cisco <folder> --secretlint <folder>`,
    scanners: all,
    ...judged,
    skills,
    explanations: explanationsSchema.parse(JSON.parse(readFileSync(join(import.meta.dirname, "looked-at.json"), "utf8"))),
  };
  console.log(summaryTables(result));
  if (values.write) writePages(result);
  return 0;
}

function writePages(result: CorpusResult): void {
  const folder = resolve(import.meta.dirname, "../../docs/corpus");
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of corpusPages(result)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, "results.json"), resultFile(result));
}

/** One line that is written over, for whoever sits and waits. */
function tellProgress(id: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${id}`);
}
