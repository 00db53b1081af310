import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

import { compareBytes } from "../skills/byte-order.ts";
import { rulesVersion } from "../skills/rules/catalogue.ts";
import { EXIT } from "./exit-codes.ts";
import { jsonReportSchema } from "./report-json.ts";
import type { JsonReport } from "./report-json.ts";
import { scanExitStatus } from "./scan-exit-status.ts";
import type { ShardInfo } from "./shard-info.ts";
import { scanReport } from "./skills-scan.ts";
import type { ReportOptions } from "./skills-scan.ts";
import { tellProblem, write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

/** `flynn skills merge`. `misuse` ends the command as commander does for an unknown option. */
export async function mergeCommand(
  files: readonly string[],
  options: ReportOptions,
  context: CommandContext,
  misuse: (problem: string) => never,
): Promise<number> {
  if (options.json && options.sarif) misuse("--json and --sarif exclude each other");
  const parts: Part[] = [];
  try {
    for (const file of files) parts.push(await partIn(file, context.cwd));
    refuseMisfits(parts);
  } catch (error) {
    if (!(error instanceof MergeProblem)) throw error;
    await tellProblem(error.message, context);
    return EXIT.usage;
  }
  const skills = parts.flatMap(({ report }) => report.skills).toSorted((a, b) => compareBytes(a.folder, b.folder));
  await write(context.stdout, scanReport(skills, options, context));
  return scanExitStatus(skills, options.failOn);
}

interface Part {
  readonly file: string;
  readonly shard: ShardInfo;
  readonly report: JsonReport;
}

class MergeProblem extends Error {
  override readonly name = "MergeProblem";
}

async function partIn(file: string, cwd: string): Promise<Part> {
  const text = await readFile(resolve(cwd, file), "utf8").catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "an error";
    throw new MergeProblem(`${file} cannot be read (${code}). Name the report of each shard.`);
  });
  const report = reportIn(text);
  if (report === null) throw new MergeProblem(`${file} is no report of \`flynn skills scan --json\`. Name the report of each shard.`);
  const { shard } = report;
  if (shard === undefined)
    throw new MergeProblem(`${file} is the report of a whole scan, not of a shard. There is nothing to merge it with.`);
  return { file, shard, report };
}

function reportIn(text: string): JsonReport | null {
  try {
    return jsonReportSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Parts are one report only if they come from one list of skills, judged by the same, and are all of them, each once. */
function refuseMisfits(parts: readonly Part[]): void {
  const [first] = parts;
  if (first === undefined) throw new MergeProblem("There is no report.");
  const { count, skills, list, policy } = first.shard;
  const seen = new Map<number, string>();
  for (const { file, shard } of parts) {
    const other = `${file} and ${first.file} do not belong together: `;
    if (shard.rulesVersion !== first.shard.rulesVersion)
      throw new MergeProblem(
        `${other}they have different rules, ${shard.rulesVersion} and ${first.shard.rulesVersion}. Scan all shards with one version of flynn.`,
      );
    if (shard.policy !== policy)
      throw new MergeProblem(`${other}they have different policies or options. Scan all shards with the same ones.`);
    if (shard.count !== count) throw new MergeProblem(`${other}they are of ${shard.count} and of ${count} shards.`);
    if (shard.skills !== skills || shard.list !== list)
      throw new MergeProblem(
        `${other}their scans did not find the same skills. Scan the same folders, by the same names, on each machine.`,
      );
    const twin = seen.get(shard.index);
    if (twin !== undefined) throw new MergeProblem(`${file} and ${twin} are both shard ${shard.index} of ${count}.`);
    seen.set(shard.index, file);
  }
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !seen.has(index));
  if (missing.length > 0) throw new MergeProblem(`Of ${count} shards, these are missing: ${missing.join(", ")}.`);
  const found = parts.reduce((sum, { report }) => sum + report.skills.length, 0);
  if (found !== skills) throw new MergeProblem(`All shards together have ${found} skills, and there are ${skills}. A report was changed.`);
  if (!first.shard.rulesVersion.startsWith(rulesVersion))
    throw new MergeProblem(
      `The reports were made with the rules ${first.shard.rulesVersion}, and this flynn has ${rulesVersion}. Merge them with the one that made them.`,
    );
}
