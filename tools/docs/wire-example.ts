import type { Frame } from "@flynn/sdk/wire";

/** One line of the worked example, in the order of the session. */
export interface ExampleLine {
  readonly from: "host" | "subject";
  readonly frame: Frame;
  readonly note?: string;
}

const host = (frame: object, note?: string): ExampleLine => line("host", frame, note);
const subject = (frame: object, note?: string): ExampleLine => line("subject", frame, note);

function line(from: ExampleLine["from"], frame: object, note: string | undefined): ExampleLine {
  return { from, frame: { jsonrpc: "2.0", ...frame } as Frame, ...(note === undefined ? {} : { note }) };
}

const SUBJECT = { name: "specimen-exemplar", version: "1.0.0" };
const event = (number: number, what: string): object => ({ type: "event", number, event: what, leaseId: "lease-1", ticket: "ticket-7f3a" });

/**
 * A whole session with an implementation of the specimen. A test sends the host's lines to the exemplar and compares what
 * comes back, so that the page shows what an implementation really says.
 */
export const wireExample: readonly ExampleLine[] = [
  host(
    { id: 1, method: "hello", params: { protocol: "flynn-wire/1", suite: { name: "flynn-conformance", version: "0.1.0" } } },
    "who are you?",
  ),
  subject({
    id: 1,
    result: {
      protocol: "flynn-wire/1",
      subject: SUBJECT,
      contracts: { "specimen@1": { flags: { renew: true }, facts: {} } },
      clock: "virtual",
    },
  }),
  host(
    {
      id: 2,
      method: "open",
      params: {
        instance: "i1",
        contract: "specimen@1",
        config: { signingKey: { $secret: "host-1", fingerprint: "5d0c7e" } },
        environment: {},
        dir: "<dir>",
        endpoints: {},
        clock: { mono: 1000, boot: 1000, wall: 1767225600000 },
      },
    },
    "one implementation of specimen@1, called i1; its signing key is a secret that it may ask for",
  ),
  subject({ id: 2, result: {} }),
  host({ id: 3, method: "call", params: { instance: "i1", method: "acquire", args: [{ resource: "printer", ttlMs: 60000 }] } }, "a call"),
  subject(
    { id: "s1", method: "host.port", params: { instance: "i1", port: "accept", args: [{ resource: "printer", ttlMs: 60000 }] } },
    "before it can answer, the subject asks the host; its ids are its own",
  ),
  host({ id: "s1", result: { accepted: true, ticket: "ticket-7f3a" } }),
  subject({ id: "s2", method: "secret.reveal", params: { instance: "i1", handle: "host-1" } }, "now it needs the value of the key"),
  host({ id: "s2", result: { value: "fake-signing-key" } }),
  subject(
    {
      id: 3,
      result: {
        leaseId: "lease-1",
        resource: "printer",
        ticket: "ticket-7f3a",
        token: { $secret: "subject-1", fingerprint: "<fingerprint>" },
      },
    },
    "the answer to call 3; the token in it is a secret of the subject's",
  ),
  host({ id: 4, method: "secret.reveal", params: { instance: "i1", handle: "subject-1" } }),
  subject({ id: 4, result: { value: "<token>" } }),
  host(
    { id: 5, method: "clock.set", params: { instance: "i1", mono: 61000, boot: 61000, wall: 1767225660000, fire: true } },
    "a minute goes by",
  ),
  subject({ id: 5, result: { mono: 61000, fired: [], next: null } }),
  host({ id: 6, method: "call", params: { instance: "i1", method: "status", args: [{ leaseId: "lease-1" }] } }),
  subject({ id: 6, result: { held: false, ticket: null, remainingMs: 0 } }),
  host(
    { id: 7, method: "call", params: { instance: "i1", method: "journal", args: [{ follow: true }], credit: 1 } },
    "a stream, with credit for one item",
  ),
  subject({ method: "item", params: { call: 7, seq: 0, value: event(1, "acquired") } }),
  host({ method: "credit", params: { call: 7, n: 1 } }, "the reader has taken it; one more may come, and nothing has happened yet"),
  host(
    { method: "cancel", params: { call: 7, how: "abort" } },
    "the caller aborts: the contract's last part, then the end with the number of items",
  ),
  subject({ method: "item", params: { call: 7, seq: 1, value: { type: "finish", reason: "aborted" } } }),
  subject({ id: 7, result: { end: 2 } }),
  host(
    { id: 8, method: "call", params: { instance: "i1", method: "acquire", args: [{ resource: "printer", ttlMs: 0 }] } },
    "a call that fails",
  ),
  subject({
    id: 8,
    error: {
      code: -32000,
      message: "The call failed",
      data: { code: "INVALID_ARGUMENT", message: "ttlMs must be a whole number of milliseconds from 1 to 86400000", retryable: false },
    },
  }),
  host({ id: 9, method: "frobnicate", params: {} }, "a method that this protocol does not have"),
  subject({ id: 9, error: { code: -32601, message: "There is no method frobnicate" } }),
  host({ id: 10, method: "close", params: { instance: "i1" } }),
  subject({ id: 10, result: {} }),
  host({ id: 11, method: "shutdown", params: {} }),
  subject({ id: 11, result: {} }, "then the host closes stdin, and the subject exits with status 0"),
];
