import * as z from "zod";

import type { Json } from "../kernel/json.ts";

/*
 * The wire: newline-delimited JSON-RPC 2.0 on stdin and stdout. The suite is the host, the implementation is the subject.
 * Stdout carries frames and nothing else; logs go in `log` notifications or to stderr. Every schema below is closed, both
 * ways: a member that is not named here is an error.
 */

export const jsonSchema: z.ZodType<Json> = z.json().meta({ id: "Json" });

const id = z.union([z.int(), z.string().max(200)]).meta({ id: "FrameId" });
const name = z.string().min(1).max(200);
const milliseconds = z.number();

/** Where a secret stands in `config`, arguments, results or items. Its value crosses in `secret.reveal` only. */
export const secretReferenceSchema = z
  .strictObject({ $secret: name, fingerprint: name })
  .meta({ id: "SecretReference", description: "Ask `secret.reveal` with the handle to get the value." });
export type SecretReference = z.infer<typeof secretReferenceSchema>;

const codedErrorBase = z.strictObject({
  code: name,
  message: z.string(),
  retryable: z.boolean(),
  details: z.record(z.string(), jsonSchema).optional(),
  get cause(): z.ZodOptional<typeof codedErrorBase> {
    return codedErrorBase.optional();
  },
});
export const codedErrorSchema = codedErrorBase.meta({ id: "CodedError" });

export const clockReadingSchema = z
  .strictObject({ mono: milliseconds, boot: milliseconds, wall: milliseconds })
  .meta({ id: "ClockReading", description: "Milliseconds. `mono` stops in suspend, `boot` does not, `wall` is Unix time." });

/** What the host asks of the subject; each is a JSON-RPC request and gets exactly one response. */
export const hostRequests = {
  /** The first frame of a session. */
  hello: {
    params: z.strictObject({ protocol: z.literal("flynn-wire/1"), suite: z.strictObject({ name, version: name }) }),
    result: z.strictObject({
      protocol: z.literal("flynn-wire/1"),
      subject: z.strictObject({ name, version: name }),
      /** By contract and major version, such as `skill-scanner@1`. */
      contracts: z.record(
        z.string(),
        z.strictObject({ flags: z.record(z.string(), z.boolean()), facts: z.record(z.string(), jsonSchema) }),
      ),
      /** `virtual`: the subject's time is what `clock.set` last said. `real`: it reads the machine's clock. */
      clock: z.enum(["virtual", "real"]),
    }),
  },
  /** Makes one implementation of a contract, which later frames name by `instance`. */
  open: {
    params: z.strictObject({
      instance: name,
      contract: name,
      config: jsonSchema,
      /** Stands in for the process environment. */
      environment: z.record(z.string(), z.string()),
      /** A directory of the instance's own, absolute. It outlives the process within one case. */
      dir: z.string(),
      /** Addresses of the peers, by name; all on loopback. */
      endpoints: z.record(z.string(), z.string()),
      clock: clockReadingSchema,
    }),
    result: z.strictObject({}),
  },
  /**
   * Calls a method of the contract. A method that answers with one value puts it in the response. A stream sends `item`
   * notifications first, and its response is the end: `{ "end": <number of items> }`.
   */
  call: {
    params: z.strictObject({
      instance: name,
      method: name,
      args: z.array(jsonSchema),
      /** Streams only: how many items may be sent before the first `credit`. */
      credit: z.int().min(0).optional(),
      /** The call is to be seen as aborted before it began. */
      aborted: z.literal(true).optional(),
    }),
    result: jsonSchema,
  },
  /** Moves the instance's virtual clock. Absolute. `wall` may go back. `fire: false`: no timer fires. */
  "clock.set": {
    params: z.strictObject({ instance: name, mono: milliseconds, boot: milliseconds, wall: milliseconds, fire: z.boolean() }),
    /** The timers whose callbacks have run (which is not to say that what they started is done), and the next one due. */
    result: z.strictObject({ mono: milliseconds, fired: z.array(z.int()), next: milliseconds.nullable() }),
  },
  /** Asks for the value behind a secret that the subject returned. */
  "secret.reveal": { params: z.strictObject({ instance: name, handle: name }), result: z.strictObject({ value: z.string() }) },
  /** Ends an instance: timers disarmed, files closed, streams ended. */
  close: { params: z.strictObject({ instance: name }), result: z.strictObject({}) },
  /** The session is over; the subject answers, then exits by itself once stdin closes. */
  shutdown: { params: z.strictObject({}), result: z.strictObject({}) },
} as const;

/** What the host tells the subject; no response. */
export const hostNotifications = {
  /** `call` is the id of the stream's `call` request; `n` more items may be sent. */
  credit: z.strictObject({ call: id, n: z.int().min(1) }),
  /** `abort`: finish as the contract says an aborted call finishes. `return`: the caller has gone; send nothing but the response. */
  cancel: z.strictObject({ call: id, how: z.enum(["abort", "return"]) }),
} as const;

/** What the subject asks of the host. `host.port` reaches a port of the contract, such as `accept`. */
export const subjectRequests = {
  "host.port": {
    params: z.strictObject({ instance: name, port: name, args: z.array(jsonSchema) }),
    result: jsonSchema,
  },
  /** Asks for the value behind a secret that the host passed. */
  "secret.reveal": { params: z.strictObject({ instance: name, handle: name }), result: z.strictObject({ value: z.string() }) },
} as const;

/** What the subject tells the host; no response. */
export const subjectNotifications = {
  /** One item of a stream; `seq` counts from 0. */
  item: z.strictObject({ call: id, seq: z.int().min(0), value: jsonSchema }),
  log: z.strictObject({
    level: z.enum(["debug", "info", "warn", "error"]),
    message: z.string(),
    fields: z.record(z.string(), jsonSchema).optional(),
  }),
  /** A timer was set on the instance's virtual clock; `due` is on the monotonic clock. */
  "clock.armed": z.strictObject({ instance: name, timer: z.int(), due: milliseconds }),
  /** A timer was cancelled before it fired. */
  "clock.disarmed": z.strictObject({ instance: name, timer: z.int() }),
} as const;

export const requestFrameSchema = z.strictObject({
  jsonrpc: z.literal("2.0"),
  id,
  method: name,
  params: z.record(z.string(), z.unknown()),
});
export const notificationFrameSchema = z.strictObject({
  jsonrpc: z.literal("2.0"),
  method: name,
  params: z.record(z.string(), z.unknown()),
});
export const resultFrameSchema = z.strictObject({ jsonrpc: z.literal("2.0"), id, result: jsonSchema });
export const errorFrameSchema = z.strictObject({
  jsonrpc: z.literal("2.0"),
  id: id.nullable(),
  /** `data` is there whenever `code` is -32000: the error of the contract. */
  error: z.strictObject({ code: z.int(), message: z.string(), data: codedErrorSchema.optional() }),
});

export const frameSchema = z.union([requestFrameSchema, notificationFrameSchema, resultFrameSchema, errorFrameSchema]);

export type FrameId = z.infer<typeof id>;
export type RequestFrame = z.infer<typeof requestFrameSchema>;
export type NotificationFrame = z.infer<typeof notificationFrameSchema>;
export type ResultFrame = z.infer<typeof resultFrameSchema>;
export type ErrorFrame = z.infer<typeof errorFrameSchema>;
export type Frame = RequestFrame | NotificationFrame | ResultFrame | ErrorFrame;
export type Hello = z.infer<typeof hostRequests.hello.result>;
export type OpenParams = z.infer<typeof hostRequests.open.params>;
export type ClockSetResult = z.infer<(typeof hostRequests)["clock.set"]["result"]>;
