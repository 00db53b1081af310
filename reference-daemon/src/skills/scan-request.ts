import { isAbsolute, normalize } from "node:path";

import { CodedError } from "@flynn/sdk/kernel";
import { DEFAULT_LIMITS, scanRequestSchema } from "@flynn/sdk/skill-scanner";
import type { AssetType, HostSuppression, Limits, ScanRequest, SkillScannerErrorCode } from "@flynn/sdk/skill-scanner";

/** A request that was checked, with every default filled in. */
export interface CheckedRequest {
  /** Absolute and without a slash at its end, which would make lstat follow a link. */
  readonly root: Buffer;
  readonly limits: Limits;
  readonly assets: ReadonlySet<AssetType>;
  readonly intent: ScanRequest["intent"];
  readonly skillName: string | undefined;
  readonly suppressions: readonly HostSuppression[];
}

export function checkRequest(request: ScanRequest): CheckedRequest {
  const parsed = scanRequestSchema.safeParse(request);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join(".") || "The request"}: ${issue?.message ?? "not valid"}`);
  }
  const { root, limits, policy, intent, skillName } = parsed.data;
  if (!isAbsolute(root)) throw invalid("root: must be an absolute path");
  return {
    root: Buffer.from(normalize(`${root}/`).replace(/(?<=.)\/+$/u, "")),
    limits: limitsOf(limits),
    assets: new Set(policy?.assets),
    intent,
    skillName,
    suppressions: policy?.suppressions ?? [],
  };
}

/** All limits, those that a request leaves out or does not define as they are by default. */
export function limitsOf(given: ScanRequest["limits"] = {}): Limits {
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(Object.entries(given).filter(([, limit]) => limit !== undefined)) };
}

function invalid(problem: string): CodedError<SkillScannerErrorCode> {
  return new CodedError("INVALID_REQUEST", `The scan request is not valid. ${problem}`);
}
