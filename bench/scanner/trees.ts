import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

import { sizeOf, skillFolders } from "./folder-size.ts";
import { median } from "./measurement.ts";
import type { Measurement, SkillFolders, WorkerTask } from "./measurement.ts";
import type { Options } from "./options.ts";
import type { Row } from "./report.ts";

export interface Tree {
  readonly name: string;
  readonly folders: SkillFolders;
}

/** Each tree by each scanner, in turns, so that whatever else the machine does hits all of them alike. */
export function measureTree({ name, folders }: Tree, { runs, jobs, peer }: Options): Row[] {
  console.error(`Measuring ${name}`);
  const tasks: WorkerTask[] = [{ scanner: "flynn", folders }];
  if (folders.count > 1 && jobs > 1) tasks.push({ scanner: "flynn-pool", folders, jobs });
  if (!("notRun" in peer)) tasks.push({ scanner: "openclaw", folders, module: peer.module });
  tasks.push({ scanner: "reading", folders });
  const passes = Array.from({ length: runs }, () => tasks.map(pass));
  const size = sizeOf(skillFolders(folders));
  return tasks.map(({ scanner }, task) => ({
    scanner,
    tree: name,
    size,
    measurement: median(passes.flatMap((round) => round[task] ?? [])),
  }));
}

function pass(task: WorkerTask): Measurement {
  const worker = join(import.meta.dirname, "worker.ts");
  const output = execFileSync(process.execPath, ["--conditions=@flynn/source", worker, JSON.stringify(task)], { encoding: "utf8" });
  // oxlint-disable-next-line house/no-bare-json-parse
  return JSON.parse(output) as Measurement;
}
