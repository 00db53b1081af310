import { CodedError } from "@flynn/sdk/kernel";

import { answerInstallPolicy } from "../openclaw/answer-install-policy.ts";
import { MOST_REQUEST_BYTES, readInstallPolicyRequest } from "../openclaw/install-policy-request.ts";
import { asciiJson } from "./ascii-json.ts";
import { EXIT } from "./exit-codes.ts";
import { readAll } from "./read-all.ts";
import { judgingRequest, policyFrom, scannerFor } from "./skill-policy-option.ts";
import type { JudgingOptions } from "./skill-policy-option.ts";
import { tellProblem, write } from "./streams.ts";
import type { CommandContext } from "./streams.ts";

export type InstallPolicyCommandOptions = Pick<JudgingOptions, "policy">;

/** `flynn skills install-policy`. Whatever is no answer ends with a status that OpenClaw takes for a no. */
export async function installPolicyCommand(options: InstallPolicyCommandOptions, context: CommandContext): Promise<number> {
  const policy = await policyFrom(options, [], context);
  if (policy === null) return EXIT.usage;
  const input = await readAll(context.stdin, MOST_REQUEST_BYTES);
  const request = input === null ? `It is longer than ${MOST_REQUEST_BYTES} bytes.` : readInstallPolicyRequest(input);
  if (typeof request === "string") {
    await tellProblem(`stdin holds no request of OpenClaw's install policy, version 1. ${request}`, context);
    return EXIT.usage;
  }
  const noMisuse = (problem: string): never => {
    throw new Error(problem);
  };
  const interrupt = new AbortController();
  const stopListening = context.onInterrupt(() => interrupt.abort());
  try {
    const host = judgingRequest(options, policy, noMisuse);
    const answer = await answerInstallPolicy(request, { scanner: scannerFor(policy, context), request: host, signal: interrupt.signal });
    await write(context.stdout, asciiJson(answer));
    return EXIT.ok;
  } catch (error) {
    if (CodedError.is(error) && error.code === "ABORTED") return EXIT.interrupted;
    throw error;
  } finally {
    stopListening();
  }
}
