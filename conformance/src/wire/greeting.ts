import { WIRE_PROTOCOL, hostRequests } from "@flynn/sdk/wire";
import type { Hello } from "@flynn/sdk/wire";
import * as z from "zod";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { RpcAnswer } from "./rpc-answer.ts";
import { SubjectGone } from "./session-failure.ts";
import type { Violation } from "./violation.ts";

/** What the first request says. */
export function helloParams(version: string): {
  readonly protocol: string;
  readonly suite: { readonly name: string; readonly version: string };
} {
  return { protocol: WIRE_PROTOCOL, suite: { name: "flynn-conformance", version } };
}

/** The subject's hello. Throws {@link BadSubject} where the answer is no hello. */
export function readHello(answer: RpcAnswer): Hello {
  const parsed = "result" in answer ? hostRequests.hello.result.safeParse(answer.result) : undefined;
  if (parsed?.success) return parsed.data;
  const got = "error" in answer ? `an error: ${answer.error.message}` : z.prettifyError(parsed?.error ?? new z.ZodError([]));
  throw new BadSubject("bad-hello", `The answer to hello is not valid: ${got}`, "Compare it with the `hello` result in docs/spec/wire.md.");
}

/** What to tell an author whose subject never came as far as hello. */
export function noHello(error: Error, violations: readonly Violation[]): BadSubject {
  const noise = violations.find(({ diagnosis }) => diagnosis === "stdout-noise");
  const stray = violations.find(({ diagnosis }) => diagnosis === "unknown-id" || diagnosis === "missing-id");
  const heard = noise
    ? ` It wrote ${noise.got} to stdout, which is for frames only.`
    : stray
      ? ` What came was ${stray.got}; the id of a response is that of its request, with the same type.`
      : "";
  if (error instanceof SubjectGone) {
    return new BadSubject(
      "exited-before-hello",
      `The subject ended before it answered hello. ${error.message}${heard}`,
      "Run the command by hand: it must start, read lines from stdin, and answer the hello request.",
    );
  }
  return new BadSubject(
    "no-hello",
    `The subject did not answer hello: ${error.message.replace(/\.$/u, "")}.${heard}`,
    "Answer the first line on stdin with a hello result and flush stdout; docs/spec/wire.md shows one.",
  );
}
