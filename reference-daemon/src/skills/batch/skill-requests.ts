import type { HostSuppression, ScanRequest } from "@flynn/sdk/skill-scanner";

import type { Judging, SkillToScan } from "./skill-batch.ts";

/**
 * What the scanner is asked for each skill: with the suppressions of that skill alone, since those of others say nothing about it,
 * and each request is checked as a whole.
 */
export class SkillRequests {
  readonly #request: Judging["request"];
  readonly #suppressions: ReadonlyMap<string, HostSuppression[]>;

  constructor({ request }: Judging) {
    this.#request = request;
    this.#suppressions = Map.groupBy(request.policy?.suppressions ?? [], ({ skill }) => skill);
  }

  for({ root, skillName }: SkillToScan): ScanRequest {
    const { policy } = this.#request;
    const suppressions = this.#suppressions.get(skillName) ?? [];
    return { ...this.#request, ...(policy === undefined ? {} : { policy: { ...policy, suppressions } }), root, skillName };
  }
}
