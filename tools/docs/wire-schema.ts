import {
  hostNotifications,
  hostRequests,
  errorFrameSchema,
  resultFrameSchema,
  subjectNotifications,
  subjectRequests,
} from "@flynn/sdk/wire";
import * as z from "zod";

import { DRAFT, definitionsOf, described, reference } from "./json-schema.ts";
import type { Definitions, JsonSchema } from "./json-schema.ts";
import type { SourceProse } from "./source-prose.ts";

/** One kind of message, as the page and the schema file list them. */
export interface WireMessage {
  readonly method: string;
  readonly from: "host" | "subject";
  readonly kind: "request" | "notification";
  readonly summary: string;
  /** Names in `$defs`. */
  readonly params: string;
  readonly result: string | undefined;
}

export interface WireSchemas {
  readonly messages: readonly WireMessage[];
  readonly definitions: Definitions;
}

type Requests = Readonly<Record<string, { readonly params: z.ZodType; readonly result: z.ZodType }>>;
type Notifications = Readonly<Record<string, z.ZodType>>;

const groups: readonly { readonly constant: string; readonly from: "host" | "subject"; readonly messages: Requests | Notifications }[] = [
  { constant: "hostRequests", from: "host", messages: hostRequests },
  { constant: "hostNotifications", from: "host", messages: hostNotifications },
  { constant: "subjectRequests", from: "subject", messages: subjectRequests },
  { constant: "subjectNotifications", from: "subject", messages: subjectNotifications },
];

/** Every message of the wire with its schemas; `prose` is what `frames.ts` says about them. */
export function wireSchemas(prose: SourceProse): WireSchemas {
  const schemas = new Map<string, z.ZodType>();
  const paths = new Map<string, string>();
  const messages = groups.flatMap(({ constant, from, messages: group }) =>
    Object.entries(group).map(([method, given]): WireMessage => {
      const isRequest = !(given instanceof z.ZodType);
      const base = method === "secret.reveal" ? "SecretReveal" : pascal(method);
      const params = `${base}Params`;
      schemas.set(params, isRequest ? given.params : given);
      paths.set(params, isRequest ? `${constant}.${method}.params` : `${constant}.${method}`);
      const result = isRequest ? `${base}Result` : undefined;
      if (isRequest && result !== undefined && given.result.meta()?.id === undefined) {
        schemas.set(result, given.result);
        paths.set(result, `${constant}.${method}.result`);
      }
      const summary = prose.get(`${constant}.${method}`) ?? "";
      return {
        method,
        from,
        kind: isRequest ? "request" : "notification",
        summary,
        params,
        result: isRequest ? (given.result.meta()?.id ?? result) : undefined,
      };
    }),
  );
  schemas.set("ResultFrame", resultFrameSchema);
  schemas.set("ErrorFrame", errorFrameSchema);
  const plain = definitionsOf(Object.fromEntries(schemas));
  const definitions = Object.fromEntries(
    Object.entries(plain).map(([name, schema]) => [name, described(schema, prose, paths.get(name) ?? name)]),
  );
  return { messages, definitions };
}

/** One schema for every line in each direction, and the schemas of all params and results by name. */
export function wireSchemaFile({ messages, definitions }: WireSchemas): JsonSchema {
  const lines = (from: WireMessage["from"]): JsonSchema => ({
    description: `A line that the ${from} sends.`,
    anyOf: [
      ...messages.filter((message) => message.from === from).map((message) => reference(frameName(message))),
      reference("ResultFrame"),
      reference("ErrorFrame"),
    ],
  });
  const frames = messages.map((message) => [frameName(message), frameOf(message)] as const);
  const all = Object.entries({ ...definitions, ...Object.fromEntries(frames), HostLine: lines("host"), SubjectLine: lines("subject") });
  return {
    $schema: DRAFT,
    title: "flynn-wire/1",
    description:
      "Newline-delimited JSON-RPC 2.0 between the suite (host) and an implementation (subject). Validate lines that you send against SubjectLine and lines that you read against HostLine; the result of a request has the schema named after its method.",
    anyOf: [reference("HostLine"), reference("SubjectLine")],
    $defs: Object.fromEntries(all.toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function frameName({ method, from, kind }: WireMessage): string {
  const side = method === "secret.reveal" ? pascal(from) : "";
  return `${side}${pascal(method)}${kind === "request" ? "Request" : "Notification"}`;
}

function frameOf({ method, kind, params, summary }: WireMessage): JsonSchema {
  const id = kind === "request" ? { id: reference("FrameId") } : {};
  return {
    ...(summary === "" ? {} : { description: summary }),
    type: "object",
    properties: { jsonrpc: { const: "2.0" }, ...id, method: { const: method }, params: reference(params) },
    required: ["jsonrpc", ...Object.keys(id), "method", "params"],
    additionalProperties: false,
  };
}

function pascal(name: string): string {
  return name.replace(/(^|\.)(\w)/gu, (_match, _dot, letter: string) => letter.toUpperCase());
}
