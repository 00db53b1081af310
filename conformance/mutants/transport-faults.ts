import { hostRequests } from "@flynn/sdk/wire";

import { intercepting, isEnd, isResponse } from "../src/mutation/intercept.ts";
import type { Members } from "../src/mutation/intercept.ts";
import type { TransportFault } from "../src/mutation/mutant.ts";
import type { Transport } from "../src/wire/transport.ts";

/** A transport whose frames from the subject pass through `change`, which gives the frames to deliver in their place. */
function receiving(inner: Transport, change: (frame: Members) => readonly (Members | string)[]): Transport {
  return intercepting(inner, { fromSubject: change });
}

/** Hello is left alone: without it there would be nothing to judge. */
function afterHello(change: (frame: Members) => readonly (Members | string)[]): (frame: Members) => readonly (Members | string)[] {
  let hasGreeted = false;
  return (frame) => {
    if (hasGreeted) return change(frame);
    hasGreeted ||= isResponse(frame);
    return [frame];
  };
}

/** Defects on the wire of any subject in any language. */
export const transportFaults: readonly TransportFault[] = [
  {
    id: "never-ends-its-lines",
    kills: ["WIRE-002"],
    message: "without one",
    transport: (inner) => {
      let unfinished = "";
      const faulty = receiving(
        inner,
        afterHello((frame) => {
          unfinished = JSON.stringify(frame);
          return [];
        }),
      );
      return { ...faulty, unfinishedLine: () => unfinished };
    },
  },
  {
    id: "adds-a-member-to-frames",
    kills: ["WIRE-003"],
    message: "sentAt",
    transport: (inner) =>
      receiving(
        inner,
        afterHello((frame) => [isResponse(frame) ? { ...frame, sentAt: 1 } : frame]),
      ),
  },
  {
    id: "answers-twice",
    kills: ["WIRE-004"],
    message: "second response",
    transport: (inner) =>
      receiving(
        inner,
        afterHello((frame) => (isResponse(frame) ? [frame, frame] : [frame])),
      ),
  },
  {
    id: "loses-the-id",
    kills: ["WIRE-004"],
    message: "without an id",
    transport: (inner) =>
      receiving(
        inner,
        afterHello((frame) => [isResponse(frame) ? { jsonrpc: "2.0", result: frame["result"] ?? null } : frame]),
      ),
  },
  {
    id: "answers-in-the-order-of-the-questions",
    kills: ["WIRE-004"],
    message: "at once it does not",
    transport: (inner) => {
      const methods = new Map<unknown, unknown>();
      let held: Members | undefined;
      return intercepting(inner, {
        toSubject: (frame) => {
          if (frame["method"] === "call") methods.set(frame["id"], (frame["params"] as Members)["method"]);
          return [frame];
        },
        fromSubject: (frame) => {
          const method = methods.get(frame["id"]);
          if (!isResponse(frame) || method === undefined) return [frame];
          methods.delete(frame["id"]);
          const first = held;
          if (first) {
            held = undefined;
            return [
              { ...frame, id: first["id"] },
              { ...first, id: frame["id"] },
            ];
          }
          if (![...methods.values()].includes(method)) return [frame];
          held = frame;
          return [];
        },
      });
    },
  },
  {
    id: "ignores-credit",
    kills: ["WIRE-005"],
    message: "without credit",
    transport: (inner) =>
      intercepting(inner, {
        toSubject: (frame) => {
          const isStream = frame["method"] === "call" && typeof (frame["params"] as Members)["credit"] === "number";
          return isStream ? [{ ...frame, params: { ...(frame["params"] as Members), credit: 1_000_000 } }] : [frame];
        },
      }),
  },
  {
    id: "numbers-items-from-one",
    kills: ["WIRE-005"],
    message: "item 1",
    transport: (inner) =>
      receiving(inner, (frame) => {
        if (frame["method"] !== "item") return [frame];
        const params = frame["params"] as Members;
        return [{ ...frame, params: { ...params, seq: Number(params["seq"]) + 1 } }];
      }),
  },
  {
    id: "miscounts-its-items",
    kills: ["WIRE-005"],
    message: "as many as were sent",
    transport: (inner) =>
      receiving(inner, (frame) => [isEnd(frame) ? { ...frame, result: { end: Number((frame["result"] as Members)["end"]) + 1 } } : frame]),
  },
  {
    id: "sends-an-item-after-the-end",
    kills: ["WIRE-006"],
    message: "nothing after the response",
    transport: (inner) => {
      // Streams may run side by side, and the item must be one of the stream that has ended.
      const last = new Map<unknown, Members>();
      return receiving(inner, (frame) => {
        if (frame["method"] === "item") last.set((frame["params"] as Members)["call"], frame);
        const item = isEnd(frame) ? last.get(frame["id"]) : undefined;
        return item ? [frame, item] : [frame];
      });
    },
  },
  {
    id: "answers-what-it-does-not-know",
    kills: ["WIRE-010"],
    message: "the result {}",
    transport: (inner) =>
      intercepting(inner, {
        toSubject: (frame, { deliver }) => {
          if (typeof frame["method"] !== "string" || frame["id"] === undefined || frame["method"] in hostRequests) return [frame];
          deliver({ jsonrpc: "2.0", id: frame["id"], result: {} });
          return [];
        },
      }),
  },
  {
    id: "dies-of-an-unknown-notification",
    kills: ["WIRE-010"],
    message: "SIGKILL",
    transport: (inner) =>
      intercepting(inner, {
        toSubject: (frame) => {
          if (frame["id"] === undefined && !["cancel", "credit"].includes(String(frame["method"]))) inner.kill("SIGKILL");
          return [frame];
        },
      }),
  },
  {
    id: "is-silent-about-what-it-does-not-know",
    kills: ["WIRE-010"],
    message: "did not come within",
    transport: (inner) =>
      intercepting(inner, {
        toSubject: (frame) =>
          typeof frame["method"] !== "string" || frame["id"] === undefined || frame["method"] in hostRequests ? [frame] : [],
      }),
  },
];

/** The null subject that is not even there. */
export const saysNoHello: TransportFault = {
  id: "says-no-hello",
  kills: [],
  message: "",
  transport: (inner) => receiving(inner, () => []),
};
