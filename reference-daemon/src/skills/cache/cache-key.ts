import { createHash } from "node:crypto";

import { canonicalJson, isJson } from "@flynn/sdk/kernel";
import type { ScannerInfo } from "@flynn/sdk/skill-scanner";

import type { Judging } from "../batch/skill-batch.ts";

/** Names everything but the skill itself that a result depends on: the scanner, its rules, the limits and the policy. */
export function cacheKey({ name, version, rulesVersion }: ScannerInfo, judging: Judging): string {
  return digestOf({ scanner: { name, version, rulesVersion }, policy: policyDigest(judging) });
}

/** Equal for two runs if, and only if, they judge skills by the same policy, limits and options. */
export function policyDigest({ request, actions, installerHosts }: Judging): string {
  return digestOf({ request, actions, installerHosts });
}

function digestOf(value: unknown): string {
  if (!isJson(value)) throw new TypeError("What skills are judged by is not plain data");
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
