import type { Subject, SubjectEnvironment } from "@flynn/sdk/subject";
import type { ContractDefinition } from "@flynn/sdk/wire";
import { secretReferenceSchema } from "@flynn/sdk/wire";
import * as z from "zod";

import { InProcessDriver } from "../src/drivers/in-process-driver.ts";
import { HostSecret } from "../src/judge/host-secret.ts";
import { SessionPool } from "../src/judge/session-pool.ts";
import type { SuiteDefinition } from "../src/judge/suite-definition.ts";
import type { Bounds } from "../src/wire/bounds.ts";
import { row } from "./rows.ts";

/** Short, because the toy answers at once or is meant not to. */
export const TOY_BOUNDS: Bounds = { hello: 2_000, answer: 200, late: 0, exit: 200 };

const contract: ContractDefinition = {
  name: "toy",
  version: 1,
  summary: "Says back what it was told.",
  config: z.strictObject({ key: secretReferenceSchema }),
  flags: ["loud"],
  facts: z.strictObject({}),
  methods: {
    say: { kind: "call", args: z.tuple([z.string()]), value: z.strictObject({ said: z.string() }) },
    shout: { kind: "call", args: z.tuple([z.string()]), value: z.strictObject({ said: z.string() }), flag: "loud" },
    count: { kind: "stream", args: z.tuple([z.int()]), value: z.strictObject({ number: z.int() }) },
    token: { kind: "call", args: z.tuple([]), value: secretReferenceSchema },
  },
  ports: { allow: { args: z.tuple([z.string()]), value: z.boolean() } },
  errorCodes: ["REFUSED"],
  requirements: [row("TOY-001", { text: "`say` says what it was told." })],
};

/** A contract of a few methods, with no case of its own. */
export const toySuite: SuiteDefinition = {
  contract,
  cases: [],
  defaultOpenOptions: (context) => ({
    config: { key: new HostSecret(`key${context.canary}`, "the key") },
    ports: { allow: () => ({ value: true }) },
  }),
  exercise: async (context, instance) => {
    const word = context.random.word();
    const answer = await instance.ask<{ said: string }>("say", word);
    context.control("TOY-001", answer.ok && answer.value.said === word, {
      did: "said a word",
      expected: word,
      got: JSON.stringify(answer),
    });
  },
};

/** What a toy's methods get beside their arguments. */
export type ToyEnvironment = SubjectEnvironment<{ readonly key: { reveal(): Promise<string> } }>;

export function toySubject(methods: (environment: ToyEnvironment) => object = () => ({}), members: Partial<Subject> = {}): Subject {
  const open = (environment: ToyEnvironment): Record<string, unknown> & { close(): void } => ({
    say: async (said: string) => ({ said }),
    shout: async (said: string) => ({ said: said.toUpperCase() }),
    count: (to: number) => counting(to),
    close: () => undefined,
    ...methods(environment),
  });
  return { name: "toy", version: "1.0.0", contracts: { "toy@1": { flags: { loud: true }, open } }, ...members };
}

async function* counting(to: number): AsyncGenerator<{ number: number }> {
  for (let number = 0; number < to; number += 1) yield { number };
}

/** Sessions with a toy that is served in this process, also for cases that want a process of their own. */
export function toySessions(subject: Subject): SessionPool {
  const driver = new InProcessDriver(subject);
  return new SessionPool({ name: "in-process", subject: "toy", isolated: driver, start: () => driver.start() }, TOY_BOUNDS, "0", false);
}
