import type { ContractDefinition } from "@flynn/sdk/wire";

import { CaseRun } from "../judge/case-run.ts";
import { defineCase } from "../judge/case.ts";
import type { OpenInstance } from "../judge/open-instance.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import type { Session } from "../wire/session.ts";
import { sampleCalls } from "./sample-calls.ts";
import type { StepBook } from "./step-book.ts";

/** Items of a stream that are read before the reader goes away. */
const ENOUGH_ITEMS = 3;

/** The steps of one contract in a session, in order. `of` tells contracts apart where there are several. */
export function instanceSteps(contract: ContractDefinition, of: string): readonly string[] {
  return [opens(of), ...Object.keys(contract.methods).map((method) => answers(method, of)), closes(of)];
}

/** Opens an instance, calls each method once, and closes it. Runs as a case does, with a folder, ports and secrets of its own. */
export async function useInstance(suite: SuiteDefinition, session: Session, book: StepBook, of: string, seed: string): Promise<void> {
  const all = instanceSteps(suite.contract, of);
  const before = book.steps.length;
  const definition = defineCase({
    id: "SMOKE/use",
    requirement: "SMOKE",
    title: "opens an instance, calls each method once, and closes it",
    isolation: "shared",
    expects: ["used"],
    run: async (context) => {
      let instance: OpenInstance | undefined;
      const isOpen = await book.take(opens(of), session, ["open"], async () => {
        instance = await context.open();
        return "";
      });
      if (isOpen && instance) await callAndClose(instance, suite.contract, session, book, of, sampleCalls(suite.contract, context));
      context.check("used", true, { did: "used the instance", expected: "its answers", got: "its answers" });
    },
  });
  const source = { usesRealClock: session.hello.clock === "real", take: () => Promise.resolve(session), release: () => Promise.resolve() };
  const { status, reason } = await new CaseRun(definition, suite, source, seed).run(false);
  if (status !== "PASS") throw new Error(reason ?? `The smoke run of ${suite.contract.name} ended as ${status}`);
  book.notTried(all.slice(book.steps.length - before));
}

async function callAndClose(
  instance: OpenInstance,
  contract: ContractDefinition,
  session: Session,
  book: StepBook,
  of: string,
  samples: Readonly<Record<string, readonly unknown[]>>,
): Promise<void> {
  for (const [method, { kind }] of Object.entries(contract.methods)) {
    const args = samples[method] ?? [];
    const call = (): Promise<string> => (kind === "stream" ? readSome(instance, method, args) : ask(instance, method, args));
    await book.take(answers(method, of), session, ["open", `call ${method}`], call);
    if (!session.isUsable) return;
  }
  await book.take(closes(of), session, ["open", "close"], async () => {
    await instance.close();
    return "";
  });
}

async function ask(instance: OpenInstance, method: string, args: readonly unknown[]): Promise<string> {
  const answer = await instance.ask(method, ...args);
  return answer.ok ? "" : `with the error ${answer.error.code}`;
}

async function readSome(instance: OpenInstance, method: string, args: readonly unknown[]): Promise<string> {
  const stream = instance.stream(method, args);
  let items = 0;
  while ((await stream.next()) !== null) {
    items += 1;
    if (items < ENOUGH_ITEMS) continue;
    await stream.return();
    break;
  }
  const error = await stream.error;
  return error ? `with the error ${error.code}` : `with ${items} ${items === 1 ? "item" : "items"}`;
}

function opens(of: string): string {
  return `opens an instance${of}`;
}

function answers(method: string, of: string): string {
  return `answers ${method}${of}`;
}

function closes(of: string): string {
  return `closes the instance${of}`;
}
