import { resolve } from "node:path";

import { CodedError, SystemClock } from "@flynn/sdk/kernel";
import { assetTypeSchema } from "@flynn/sdk/skill-scanner";
import type { AssetType, ScanRequest } from "@flynn/sdk/skill-scanner";

import { isInWorkspace } from "../config/within-workspace.ts";
import { faultText } from "../skills/batch/fault-text.ts";
import { loadSkillPolicy } from "../skills/policy/load-policy.ts";
import { SKILL_POLICY_SCHEMA, skillPolicySchema } from "../skills/policy/policy-schema.ts";
import type { SkillPolicy } from "../skills/policy/policy-schema.ts";
import { ReferenceSkillScanner } from "../skills/skill-scanner.ts";
import { printable } from "../text/printable.ts";
import { tellProblem } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

/** What several commands take to judge skills by. */
export interface JudgingOptions {
  readonly policy?: string;
  readonly routed?: true;
  readonly permissions?: readonly string[];
  readonly assets?: readonly string[];
}

/**
 * The policy in the file that was named, or one that says nothing. Null, once stderr says why, where the file is no policy or could
 * come from the author of what is to be judged.
 */
export async function policyFrom(
  { policy }: Pick<JudgingOptions, "policy">,
  judged: readonly string[],
  context: CommandContext,
): Promise<SkillPolicy | null> {
  if (policy === undefined) return skillPolicySchema.parse({ schema: SKILL_POLICY_SCHEMA });
  const path = resolve(context.cwd, policy);
  try {
    const loaded = await loadSkillPolicy(path);
    const around = judged.find((folder) => isInWorkspace(path, resolve(context.cwd, folder)));
    if (around === undefined) return loaded;
    await tellProblem(`The policy file ${path} lies in ${around}, which is judged by it. Keep it where no skill is.`, context);
  } catch (error) {
    if (!CodedError.is(error)) throw error;
    await tellProblem(error.message, context);
  }
  return null;
}

/** What the scanner is told of the host. An option of the command line takes the place of what the policy says. */
export function judgingRequest(
  options: JudgingOptions,
  policy: SkillPolicy,
  misuse: (problem: string) => never,
): Pick<ScanRequest, "intent" | "policy" | "limits"> {
  const { routed = false, permissions = policy.permissions, assets = policy.assets } = options;
  if (routed && !permissions) misuse("--routed needs --permissions, the permissions that the host knows, or a policy that has them");
  const isAsset = (type: string): type is AssetType => assetTypeSchema.safeParse(type).success;
  const unknown = assets.find((type) => !isAsset(type));
  if (unknown !== undefined) misuse(`--assets does not know ${printable(unknown)}; it takes ${assetTypeSchema.options.join(", ")}`);
  return {
    policy: { assets: assets.filter(isAsset), suppressions: policy.suppressions },
    limits: policy.limits,
    ...(permissions ? { intent: { routed, permissions: [...permissions] } } : {}),
  };
}

/** A scanner that tells of its own faults on stderr. */
export function scannerFor({ actions, installerHosts }: SkillPolicy, { stderr, skillFiles }: CommandContext): ReferenceSkillScanner {
  const onInternalError = (error: unknown): void => {
    stderr.write(faultLine(faultText(error)));
  };
  const fileSystem = skillFiles === undefined ? {} : { fileSystem: skillFiles };
  return new ReferenceSkillScanner({ clock: new SystemClock(), onInternalError, actions, installerHosts, ...fileSystem });
}

export function faultLine(fault: string): string {
  return `flynn: ${printable(fault, 2_000)}\n`;
}
