import type { Finding, HostSuppression, InventoryEntry, Suppression } from "@flynn/sdk/skill-scanner";

import { mayBeSuppressed } from "./suppressible.ts";

/** What the host decided to live with, for one request. */
export interface RequestSuppressions {
  readonly skillName: string | undefined;
  readonly entries: readonly HostSuppression[];
  /** Unix time in milliseconds. */
  readonly now: number;
}

export interface JudgedFindings {
  readonly findings: Finding[];
  readonly suppressed: Suppression[];
}

/** Moves each finding that an entry stands for. The order of the findings is kept, in both. */
export function applySuppressions(
  found: readonly Finding[],
  inventory: readonly InventoryEntry[],
  { skillName, entries, now }: RequestSuppressions,
): JudgedFindings {
  const digests = new Map(inventory.map(({ path, sha256 }) => [path, sha256]));
  const inForce = entries.filter(
    ({ skill, path, digest, expires }) => skill === skillName && digests.get(path) === digest && now < Date.parse(expires),
  );
  const findings: Finding[] = [];
  const suppressed: Suppression[] = [];
  for (const one of found) {
    const entry = mayBeSuppressed(one) ? inForce.find(({ rule, path }) => rule === one.ruleId && path === one.path) : undefined;
    if (entry === undefined) findings.push(one);
    else suppressed.push({ ruleId: one.ruleId, path: one.path, reason: entry.reason });
  }
  return { findings, suppressed };
}
