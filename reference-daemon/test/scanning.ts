import { VirtualClock } from "@flynn/sdk/kernel";
import { scanResultSchema } from "@flynn/sdk/skill-scanner";
import type { ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

import { ReferenceSkillScanner } from "../src/skills/index.ts";
import type { SkillFileSystem } from "../src/skills/index.ts";

/** Scans with a clock that stands still, and checks the result against the contract's schema. */
export async function scan(
  root: string,
  request: Partial<ScanRequest> = {},
  { fileSystem, signal }: { fileSystem?: SkillFileSystem; signal?: AbortSignal } = {},
): Promise<ScanResult> {
  const scanner = new ReferenceSkillScanner({ clock: new VirtualClock(), ...(fileSystem ? { fileSystem } : {}) });
  const result = await scanner.scan({ root, phase: "load", ...request }, { signal });
  return scanResultSchema.parse(result);
}

/** `PATH-COLLISION Run.sh`, in the order of the result. */
export function findingNames({ findings }: Pick<ScanResult, "findings">): string[] {
  return findings.map(({ ruleId, path }) => `${ruleId} ${path}`.trimEnd());
}
