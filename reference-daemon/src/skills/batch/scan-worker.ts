import { SystemClock } from "@flynn/sdk/kernel";
import type { ScanResult } from "@flynn/sdk/skill-scanner";
import { Tinypool } from "tinypool";

import { ReferenceSkillScanner } from "../skill-scanner.ts";
import { faultText } from "./fault-text.ts";
import type { BatchAnswer, SkillBatch, WorkerSetup } from "./skill-batch.ts";
import { SkillRequests } from "./skill-requests.ts";

const { judging, pulse } = Tinypool.workerData as WorkerSetup;
const requests = new SkillRequests(judging);
const faults: string[] = [];
const scanner = new ReferenceSkillScanner({
  clock: new SystemClock(),
  onInternalError: (error) => faults.push(faultText(error)),
  actions: judging.actions,
  installerHosts: judging.installerHosts,
});

/** What a thread of the pool does; `ScanPool` starts it by its name. */
export async function scanBatch({ skills, lane }: SkillBatch): Promise<BatchAnswer> {
  const results: ScanResult[] = [];
  for (const skill of skills) {
    results.push(await scanner.scan(requests.for(skill)));
    Atomics.add(pulse, lane, 1);
  }
  return { results, faults: faults.splice(0) };
}
