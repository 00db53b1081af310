import type { ContractDefinition } from "@flynn/sdk/wire";

import type { Interception, Members, Surroundings } from "../../mutation/intercept.ts";
import type { BoundaryFault } from "../boundary-fault.ts";
import { CallLedger } from "../call-ledger.ts";

/** A value that was given in confidence shows up where anybody can read it. */
export function leakSecretFaults(contract: ContractDefinition): readonly BoundaryFault[] {
  return [
    told("logs-its-environment", "writes a value of its environment into a log", (secret, { deliver }) =>
      deliver({ jsonrpc: "2.0", method: "log", params: { level: "info", message: `starting with ${secret}` } }),
    ),
    told("prints-its-environment", "writes a value of its environment to stderr", (secret, { writeToStderr }) =>
      writeToStderr(`starting with ${secret}\n`),
    ),
    ...Object.keys(contract.methods).map(showsItInErrors),
  ];
}

function told(id: string, title: string, tell: (secret: string, surroundings: Surroundings) => void): BoundaryFault {
  return {
    id,
    family: "leak-secret",
    title,
    intercept: (fired) => ({
      toSubject: (frame, surroundings) => {
        const secret = secretIn(frame);
        if (secret !== undefined) {
          fired();
          tell(secret, surroundings);
        }
        return [frame];
      },
    }),
  };
}

function showsItInErrors(method: string): BoundaryFault {
  return {
    id: `shows-its-environment-in-errors-of-${method}`,
    family: "leak-secret",
    title: `puts a value of its environment into the errors of \`${method}\``,
    intercept: (fired): Interception => {
      const ledger = new CallLedger();
      const secrets = new Map<string, string>();
      return {
        toSubject: (frame) => {
          ledger.noted(frame);
          const secret = secretIn(frame);
          if (secret !== undefined) secrets.set(String((frame["params"] as Members)["instance"]), secret);
          return [frame];
        },
        fromSubject: (frame) => {
          const call = "error" in frame ? ledger.callOf(frame) : undefined;
          const secret = call && secrets.get(call.instance);
          const { data, ...error } = (frame["error"] ?? {}) as { readonly data?: Members };
          if (call?.method !== method || secret === undefined || !data) return [frame];
          fired();
          const message = `${String(data["message"])} (${secret})`;
          return [{ ...frame, error: { ...error, message, data: { ...data, message } } }];
        },
      };
    },
  };
}

/** The last value of the environment that an `open` hands over. */
function secretIn(frame: Members): string | undefined {
  if (frame["method"] !== "open") return undefined;
  const environment = (frame["params"] as Members)["environment"] as Readonly<Record<string, string>>;
  return Object.values(environment).at(-1);
}
