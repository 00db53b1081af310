import { spawn } from "node:child_process";

import { CodedError } from "@flynn/sdk/kernel";
import type { SubjectInstance } from "@flynn/sdk/subject";

import type { SubjectWrapper } from "../src/mutation/mutant.ts";
import { withContracts, withInstances, withMethods } from "./wrap-instance.ts";

/** Defects around any module, each of which breaks one WIRE row and nothing else. */
const wrappers: readonly SubjectWrapper[] = [
  {
    id: "open-fails",
    kills: ["WIRE-001"],
    message: "no database",
    wrap: (subject) =>
      withContracts(subject, (contract) => ({ ...contract, open: () => Promise.reject(new Error("There is no database")) })),
  },
  {
    id: "close-fails",
    kills: ["WIRE-001"],
    message: "cannot be closed",
    wrap: (subject) =>
      withInstances(subject, (instance) =>
        withMethods({ ...methodsOf(instance), close: () => closeAndFail(instance) }, (method, _name, args) => method(...args)),
      ),
  },
  {
    id: "prints-a-banner",
    kills: ["WIRE-002"],
    message: "Listening on",
    wrap: (subject) =>
      withInstances(subject, (instance) => {
        process.stdout.write("Listening on port 0\n");
        return instance;
      }),
  },
  {
    id: "adds-a-member-to-results",
    kills: ["WIRE-003"],
    message: "elapsedMs",
    wrap: (subject) =>
      withInstances(subject, (instance) =>
        withMethods(instance, (method, _name, args) => {
          const given = method(...args);
          return given instanceof Promise ? given.then((value: unknown) => (isRecord(value) ? { ...value, elapsedMs: 3 } : value)) : given;
        }),
      ),
  },
  {
    id: "throws-plain-errors",
    kills: ["WIRE-007"],
    message: "INTERNAL",
    wrap: (subject) =>
      withInstances(subject, (instance) =>
        withMethods(instance, (method, _name, args) => {
          const given = method(...args);
          return given instanceof Promise ? given.catch(rethrowPlain) : given;
        }),
      ),
  },
  {
    id: "logs-its-environment",
    kills: ["WIRE-008"],
    message: "a log",
    wrap: (subject) =>
      withInstances(subject, (instance, environment) => {
        environment.log("debug", "starting", { environment: { ...environment.environment } });
        return instance;
      }),
  },
  {
    id: "writes-a-key-to-stderr-in-base64",
    kills: ["WIRE-008"],
    message: "stderr, in base64",
    wrap: (subject) =>
      withInstances(subject, (instance, environment) => {
        const header = Buffer.from(`Basic user:${Object.values(environment.environment).join(":")}`).toString("base64");
        process.stderr.write(`Authorization: ${header}\n`);
        return instance;
      }),
  },
  {
    id: "keeps-a-timer",
    kills: ["WIRE-009"],
    message: "still running",
    wrap: (subject) =>
      withInstances(subject, (instance) => {
        setInterval(() => undefined, 60_000);
        return instance;
      }),
  },
  {
    id: "leaves-a-child-behind",
    kills: ["WIRE-009"],
    message: "still there",
    wrap: (subject) =>
      withInstances(subject, (instance) => {
        spawn("sleep", ["30"], { stdio: "ignore" }).unref();
        return instance;
      }),
  },
  {
    id: "exits-with-a-status",
    kills: ["WIRE-009"],
    message: "status 3",
    wrap: (subject) =>
      withInstances(subject, (instance) => {
        process.exitCode = 3;
        return instance;
      }),
  },
];

async function closeAndFail(instance: SubjectInstance): Promise<void> {
  await instance.close();
  throw new Error("The store cannot be closed");
}

/** The methods of an instance as an object of their own, so that one of them can be replaced. */
function methodsOf(instance: SubjectInstance): Record<string, unknown> {
  const names = new Set<string>();
  for (let level: object | null = instance; level && level !== Object.prototype; level = Object.getPrototypeOf(level) as object | null) {
    for (const name of Object.getOwnPropertyNames(level)) names.add(name);
  }
  const members = instance as unknown as Record<string, unknown>;
  return Object.fromEntries(
    [...names].flatMap((name) => (typeof members[name] === "function" ? [[name, (members[name] as () => unknown).bind(instance)]] : [])),
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function rethrowPlain(error: unknown): never {
  if (CodedError.is(error)) throw new Error(error.message);
  throw error;
}

export default wrappers;
