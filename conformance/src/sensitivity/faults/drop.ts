import { mkdirSync } from "node:fs";

import type { ContractDefinition } from "@flynn/sdk/wire";
import type * as z from "zod";

import { isEnd } from "../../mutation/intercept.ts";
import type { Members } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";
import { CallLedger, portOf } from "../call-ledger.ts";
import { simplestValue } from "../sample.ts";
import { spoiltAnswers } from "../spoilt-answers.ts";

/** Something is not done, not said, not kept or not read. */
export function dropFaults(contract: ContractDefinition): readonly BoundaryFault[] {
  const methods = Object.entries(contract.methods);
  return [
    ...methods.filter(([, { kind }]) => kind === "call").map(([method]) => repeatsItsFirstAnswer(method)),
    ...methods.filter(([, { kind }]) => kind === "stream").flatMap(([method]) => [losesTheFirstItem(method), losesTheLastItem(method)]),
    ...Object.entries(contract.ports).map(([port, { value }]) => losesRequests(port, value)),
    losesItsFolder,
    ...configKeys(contract.config).map((key) => ignoresConfig(key, contract.config)),
  ];
}

function repeatsItsFirstAnswer(method: string): BoundaryFault {
  return {
    id: `repeats-its-first-${method}`,
    family: "drop",
    title: `does \`${method}\` once in each instance, and gives that answer again for every other call`,
    intercept: (fired) => {
      const ledger = new CallLedger();
      const first = new Map<string, unknown>();
      return {
        toSubject: (frame, { deliver }) => {
          const call = ledger.noted(frame);
          if (call?.method !== method || !first.has(call.instance)) return [frame];
          fired();
          deliver({ jsonrpc: "2.0", id: frame["id"], result: first.get(call.instance) });
          return [];
        },
        fromSubject: (frame) => {
          const call = "result" in frame ? ledger.callOf(frame) : undefined;
          if (call?.method === method && !first.has(call.instance)) first.set(call.instance, frame["result"]);
          return [frame];
        },
      };
    },
  };
}

function losesTheFirstItem(method: string): BoundaryFault {
  return {
    id: `loses-the-first-item-of-${method}`,
    family: "drop",
    title: `leaves out the first item of \`${method}\``,
    intercept: (fired) =>
      spoiltAnswers(method, (frame) => {
        if (frame["method"] !== "item") return [withItemCount(frame, -1)];
        const params = frame["params"] as Members;
        if (params["seq"] !== 0) return [{ ...frame, params: { ...params, seq: Number(params["seq"]) - 1 } }];
        fired();
        return [];
      }),
  };
}

/** Each item is held until the next one comes, and the one that is held at the end is lost. */
function losesTheLastItem(method: string): BoundaryFault {
  return {
    id: `loses-the-last-item-of-${method}`,
    family: "drop",
    title: `leaves out the last item of \`${method}\` where the stream has come to its end`,
    intercept: (fired) => {
      const held = new Map<unknown, Members>();
      return spoiltAnswers(method, (frame, { id }) => {
        const before = held.get(id);
        if (frame["method"] === "item") {
          held.set(id, frame);
          return before ? [before] : [];
        }
        held.delete(id);
        if (!before || !isEnd(frame)) return before ? [before, frame] : [frame];
        fired();
        return [withItemCount(frame, -1)];
      });
    },
  };
}

/** The end of a stream with another number of items; anything else as it is. */
export function withItemCount(frame: Members, difference: number): Members {
  if (!isEnd(frame)) return frame;
  const { end } = frame["result"] as { readonly end: number };
  return { ...frame, result: { end: Math.max(0, end + difference) } };
}

function losesRequests(port: string, answer: z.ZodType): BoundaryFault {
  return {
    id: `never-asks-${port}`,
    family: "drop",
    title: `never asks the host for \`${port}\`, and takes it as answered`,
    intercept: (fired) => {
      let sample = simplestValue(answer);
      const asked = new Set<unknown>();
      return {
        fromSubject: (frame, { send }) => {
          if (portOf(frame) !== port) return [frame];
          asked.add(frame["id"]);
          // Without an answer to make up, the first one of the host is given again.
          if (sample === undefined) return [frame];
          fired();
          send({ jsonrpc: "2.0", id: frame["id"], result: sample });
          return [];
        },
        toSubject: (frame) => {
          if ("result" in frame && asked.has(frame["id"])) sample ??= frame["result"];
          return [frame];
        },
      };
    },
  };
}

const losesItsFolder: BoundaryFault = {
  id: "loses-its-folder",
  family: "drop",
  title: "finds its folder empty each time it is opened again",
  intercept: (fired) => ({
    toSubject: (frame) => {
      if (frame["method"] !== "open") return [frame];
      const params = frame["params"] as Members;
      const given = String(params["dir"]);
      const times = (opened.get(given) ?? 0) + 1;
      opened.set(given, times);
      if (times === 1) return [frame];
      fired();
      const empty = `${given}-opened-${times}`;
      mkdirSync(empty, { recursive: true });
      return [{ ...frame, params: { ...params, dir: empty } }];
    },
  }),
};

/** Across sessions: a folder is opened again by another process. Folders of cases have names that are never used twice. */
const opened = new Map<string, number>();

function configKeys(config: z.ZodType): readonly string[] {
  const { shape } = config as { readonly shape?: Readonly<Record<string, unknown>> };
  return Object.keys(shape ?? {});
}

function ignoresConfig(key: string, schema: z.ZodType): BoundaryFault {
  return {
    id: `ignores-config-${key}`,
    family: "drop",
    title: `takes no notice of \`${key}\` in its configuration`,
    intercept: (fired) => ({
      toSubject: (frame) => {
        if (frame["method"] !== "open") return [frame];
        const params = frame["params"] as Members;
        const { [key]: given, ...rest } = (params["config"] ?? {}) as Members;
        const before = schema.safeParse(params["config"]);
        const after = schema.safeParse(rest);
        if (given === undefined || !after.success || JSON.stringify(before.data) === JSON.stringify(after.data)) return [frame];
        fired();
        return [{ ...frame, params: { ...params, config: rest } }];
      },
    }),
  };
}
