import { isAbsolute, normalize } from "node:path";

import { CodedError } from "@flynn/sdk/kernel";
import { DEFAULT_LIMITS, scanRequestSchema } from "@flynn/sdk/skill-scanner";
import type { AssetType, Limits, ScanRequest, SkillScannerErrorCode } from "@flynn/sdk/skill-scanner";

/** A request that was checked, with every default filled in. */
export interface CheckedRequest {
  /** Absolute and without a slash at its end, which would make lstat follow a link. */
  readonly root: Buffer;
  readonly limits: Limits;
  readonly assets: ReadonlySet<AssetType>;
  readonly intent: ScanRequest["intent"];
}

export function checkRequest(request: ScanRequest): CheckedRequest {
  const parsed = scanRequestSchema.safeParse(request);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`${issue?.path.join(".") || "The request"}: ${issue?.message ?? "not valid"}`);
  }
  const { root, limits, policy, intent } = parsed.data;
  if (!isAbsolute(root)) throw invalid("root: must be an absolute path");
  return {
    root: Buffer.from(normalize(`${root}/`).replace(/(?<=.)\/+$/u, "")),
    limits: { ...DEFAULT_LIMITS, ...definedLimits(limits) },
    assets: new Set(policy?.assets),
    intent,
  };
}

function definedLimits(limits: object = {}): Partial<Limits> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined));
}

function invalid(problem: string): CodedError<SkillScannerErrorCode> {
  return new CodedError("INVALID_REQUEST", `The scan request is not valid. ${problem}`);
}
