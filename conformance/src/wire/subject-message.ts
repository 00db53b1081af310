import { RPC_ERROR, subjectNotifications, subjectRequests } from "@flynn/sdk/wire";
import * as z from "zod";

import { preview } from "./frame-reader.ts";

/** A request or a notification of the subject, read; or what is wrong with it. */
export type SubjectMessage =
  | { readonly kind: "request" | "notification"; readonly params: Readonly<Record<string, unknown>> }
  | {
      readonly kind: "invalid";
      readonly did: string;
      readonly expected: string;
      readonly got: string;
      /** What a request is answered with. */
      readonly error: { readonly code: number; readonly message: string };
    };

// Maps, because a subject may send `constructor` for a method, and every object has one.
const requests = new Map<string, z.ZodType>(Object.entries(subjectRequests).map(([name, { params }]) => [name, params]));
const notifications = new Map<string, z.ZodType>(Object.entries(subjectNotifications));

export function readSubjectMessage(method: string, frame: Readonly<Record<string, unknown>>, text: string): SubjectMessage {
  const kind = "id" in frame ? "request" : "notification";
  const schema = (kind === "request" ? requests : notifications).get(method);
  if (!schema || frame["jsonrpc"] !== "2.0") {
    return {
      kind: "invalid",
      did: "read a frame",
      expected: "a request or notification that the wire knows",
      got: preview(text),
      error: { code: RPC_ERROR.methodNotFound, message: `There is no method ${method}` },
    };
  }
  const parsed = schema.safeParse(frame["params"]);
  if (!parsed.success) {
    return {
      kind: "invalid",
      did: `read a ${method} frame`,
      expected: "params as in docs/spec/wire.md",
      got: z.prettifyError(parsed.error),
      error: { code: RPC_ERROR.invalidParams, message: "The params are not valid" },
    };
  }
  return { kind, params: parsed.data as Record<string, unknown> };
}
