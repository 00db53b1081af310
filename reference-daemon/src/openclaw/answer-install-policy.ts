import { CodedError } from "@flynn/sdk/kernel";
import type { ScanRequest, SkillScanner } from "@flynn/sdk/skill-scanner";

import { answerOf, blockedFor } from "./install-policy-answer.ts";
import type { InstallPolicyAnswer } from "./install-policy-answer.ts";
import type { InstallPolicyRequest } from "./install-policy-request.ts";

export interface AnswerOptions {
  readonly scanner: SkillScanner;
  readonly request: Pick<ScanRequest, "intent" | "policy" | "limits">;
  readonly signal?: AbortSignal;
}

/** Decides on one installation that OpenClaw asks about. */
export async function answerInstallPolicy(
  { targetType, targetName, sourcePath, sourcePathKind }: InstallPolicyRequest,
  { scanner, request, signal }: AnswerOptions,
): Promise<InstallPolicyAnswer> {
  // A plugin is a program that runs inside OpenClaw: rules for what an assistant reads say nothing about it, and an allow would look
  // as if they did. An operator who wants plugins judged elsewhere leaves them out of the targets, and is told so.
  if (targetType === "plugin") {
    return blockedFor(
      'Flynn judges skills and not plugins. Set "targets": ["skill"] in security.installPolicy, or judge plugins by another command.',
    );
  }
  if (sourcePathKind === "file") return blockedFor("Flynn judges folders, and was given a file. Install the skill from a folder.");
  try {
    return answerOf(await scanner.scan({ ...request, root: sourcePath, phase: "install", skillName: targetName }, { signal }));
  } catch (error) {
    if (signal?.aborted || CodedError.is(error)) throw error;
    return blockedFor("Flynn's skill scanner failed, so that nothing is known of the skill. Look at its log and try again.");
  }
}
