import { expect, test } from "vitest";

import { codedErrorJson } from "../kernel/index.ts";
import { frameSchema, hostNotifications, hostRequests, subjectNotifications, subjectRequests } from "./index.ts";

const accepted: Readonly<Record<string, unknown>> = {
  "a request": { jsonrpc: "2.0", id: 1, method: "call", params: {} },
  "a request with a text id": { jsonrpc: "2.0", id: "a-1", method: "call", params: {} },
  "a notification": { jsonrpc: "2.0", method: "log", params: {} },
  "a result": { jsonrpc: "2.0", id: 1, result: { end: 3 } },
  "a result that is null": { jsonrpc: "2.0", id: 1, result: null },
  "an error of the protocol": { jsonrpc: "2.0", id: null, error: { code: -32700, message: "not JSON" } },
  "an error of a contract": {
    jsonrpc: "2.0",
    id: 1,
    error: { code: -32000, message: "No", data: codedErrorJson(new Error("No", { cause: new Error("below") })) },
  },
};

for (const [name, frame] of Object.entries(accepted)) {
  test(`${name} is a frame`, () => {
    expect(frameSchema.safeParse(frame).error).toBeUndefined();
  });
}

const refused: Readonly<Record<string, unknown>> = {
  "a frame without a version": { id: 1, result: {} },
  "a frame of another version": { jsonrpc: "1.0", id: 1, result: {} },
  "a batch": [{ jsonrpc: "2.0", id: 1, result: {} }],
  "a response without an id": { jsonrpc: "2.0", result: {} },
  "a result under the id null": { jsonrpc: "2.0", id: null, result: {} },
  "a result and an error in one": { jsonrpc: "2.0", id: 1, result: {}, error: { code: -32000, message: "No" } },
  "a response that is neither": { jsonrpc: "2.0", id: 1 },
  "a member that is not known": { jsonrpc: "2.0", id: 1, result: {}, trace: true },
  "positional params": { jsonrpc: "2.0", id: 1, method: "call", params: [] },
  "no params": { jsonrpc: "2.0", id: 1, method: "call" },
  "a fraction for an id": { jsonrpc: "2.0", id: 1.5, result: {} },
  "an empty method": { jsonrpc: "2.0", id: 1, method: "", params: {} },
  "an error without a message": { jsonrpc: "2.0", id: 1, error: { code: -32000 } },
  "error data without a code": { jsonrpc: "2.0", id: 1, error: { code: -32000, message: "No", data: { message: "No", retryable: false } } },
  "error data with a stack": {
    jsonrpc: "2.0",
    id: 1,
    error: { code: -32000, message: "No", data: { code: "NO", message: "No", retryable: false, stack: "at" } },
  },
};

for (const [name, frame] of Object.entries(refused)) {
  test(`${name} is not a frame`, () => {
    expect(frameSchema.safeParse(frame).success).toBe(false);
  });
}

const clock = { mono: 0, boot: 0, wall: 0 };

/** One good example of each message, and what breaks it. */
const messages: readonly { schema: { safeParse(value: unknown): { success: boolean } }; good: object; bad: readonly object[] }[] = [
  {
    schema: hostRequests.hello.params,
    good: { protocol: "flynn-wire/1", suite: { name: "s", version: "1" } },
    bad: [{ protocol: "flynn-wire/2" }, { extra: 1 }],
  },
  {
    schema: hostRequests.hello.result,
    good: {
      protocol: "flynn-wire/1",
      subject: { name: "s", version: "1" },
      contracts: { "a@1": { flags: { x: true }, facts: {} } },
      clock: "virtual",
    },
    bad: [
      { clock: "fake" },
      { contracts: { "a@1": { flags: { x: "yes" }, facts: {} } } },
      { contracts: { "a@1": {} } },
      { subject: { name: "", version: "1" } },
    ],
  },
  {
    schema: hostRequests.open.params,
    good: { instance: "i1", contract: "a@1", config: {}, environment: { A: "b" }, dir: "/d", endpoints: {}, clock },
    bad: [{ environment: { A: 1 } }, { clock: { mono: 0, boot: 0 } }, { instance: "" }],
  },
  {
    schema: hostRequests.call.params,
    good: { instance: "i1", method: "journal", args: [{}], credit: 32, aborted: true },
    bad: [{ args: {} }, { credit: -1 }, { credit: 1.5 }, { aborted: false }],
  },
  {
    schema: hostRequests["clock.set"].params,
    good: { instance: "i1", ...clock, fire: true },
    bad: [{ fire: "yes" }, { mono: Number.NaN }, { wall: null }],
  },
  { schema: hostRequests["clock.set"].result, good: { mono: 5, fired: [1, 2], next: null }, bad: [{ next: undefined }, { fired: ["1"] }] },
  { schema: hostRequests["secret.reveal"].params, good: { instance: "i1", handle: "h1" }, bad: [{ handle: "" }] },
  { schema: hostNotifications.credit, good: { call: 1, n: 1 }, bad: [{ n: 0 }, { call: null }] },
  { schema: hostNotifications.cancel, good: { call: 1, how: "abort" }, bad: [{ how: "stop" }] },
  { schema: subjectRequests["host.port"].params, good: { instance: "i1", port: "accept", args: [] }, bad: [{ port: "" }, { args: {} }] },
  { schema: subjectNotifications.item, good: { call: 1, seq: 0, value: null }, bad: [{ seq: -1 }, { value: undefined }] },
  { schema: subjectNotifications.log, good: { level: "info", message: "" }, bad: [{ level: "trace" }, { fields: [] }] },
  { schema: subjectNotifications["clock.armed"], good: { instance: "i1", timer: 1, due: 5.5 }, bad: [{ due: null }, { timer: "1" }] },
  { schema: subjectNotifications["clock.disarmed"], good: { instance: "i1", timer: 1 }, bad: [{ due: 1 }] },
];

test.each(messages)("message $# takes its example and refuses each that is broken in one member", ({ schema, good, bad }) => {
  expect(schema.safeParse(good).success).toBe(true);
  for (const change of bad) expect(schema.safeParse({ ...good, ...change }).success, JSON.stringify(change)).toBe(false);
});
