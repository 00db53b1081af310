import { contractKey } from "@flynn/sdk/wire";
import type { Hello } from "@flynn/sdk/wire";

import { BadSubject } from "../diagnosis/bad-subject.ts";
import type { BadSubjectReason } from "../diagnosis/bad-subject.ts";
import type { Driver } from "../drivers/driver.ts";
import { checkDeclaration, declarationOf } from "../judge/declaration.ts";
import { startSession } from "../judge/session-pool.ts";
import type { SuiteDefinition } from "../judge/suite-definition.ts";
import { offeredSuites } from "../registry/offered-suites.ts";
import type { Session } from "../wire/session.ts";
import type { Violation } from "../wire/violation.ts";
import type { SmokeBudget } from "./smoke-budget.ts";
import type { SmokeProblem } from "./smoke-step.ts";
import { problemOf } from "./step-book.ts";
import type { StepBook } from "./step-book.ts";
import { instanceSteps, useInstance } from "./use-instance.ts";

const [STARTS, HELLO, OFFERS, ENDS, STDOUT, SECRETS] = [
  "starts",
  "says hello",
  "offers a contract that this suite knows",
  "shuts down, and exits by itself",
  "writes frames to stdout, and nothing else",
  "keeps planted secrets to itself",
];

/** A process that got as far as this has started. */
const AFTER_THE_START: readonly BadSubjectReason[] = ["no-hello", "bad-hello"];

export interface Smoked {
  /** 0 wired, 1 it breaks the wire, 2 there was nobody to talk to. */
  readonly exitCode: 0 | 1 | 2;
  /** The contracts that were tried. */
  readonly suites: readonly SuiteDefinition[];
  /** What crossed the wire, for those who want to see it again; the folder of the run stands in it. */
  readonly sent: readonly string[];
}

/** Tells a harness that is broken from an implementation that is: one session, step by step. */
export async function smokeSubject(
  driver: Driver,
  named: readonly SuiteDefinition[],
  book: StepBook,
  by: { readonly budget: SmokeBudget; readonly suiteVersion: string; readonly seed: string },
): Promise<Smoked> {
  const nobody = { exitCode: 2, suites: named, sent: [] } as const;
  const session = await begin(driver, book, by);
  const offersNames = named.length > 0 ? named.map((suite) => `offers ${contractKey(suite.contract)}`) : [OFFERS];
  if (!session) {
    const of = ofEach(named);
    book.notTried([...offersNames, ...named.flatMap((suite) => instanceSteps(suite.contract, of(suite))), ENDS, STDOUT, SECRETS]);
    return nobody;
  }
  const suites = offered(session, named, book);
  if (!suites) {
    await session.end();
    book.notTried([ENDS, STDOUT, SECRETS]);
    return nobody;
  }
  const of = ofEach(suites);
  const sent: string[] = [];
  for (const suite of suites) {
    if (session.isUsable) await useInstance(suite, session, book, of(suite), by.seed);
    else book.notTried(instanceSteps(suite.contract, of(suite)));
    sent.push(...sentIn(session));
  }
  await end(session, book);
  return { exitCode: book.hasFailed ? 1 : 0, suites, sent: [...new Set([...sent, ...sentIn(session)])] };
}

async function begin(
  driver: Driver,
  book: StepBook,
  { budget, suiteVersion }: { readonly budget: SmokeBudget; readonly suiteVersion: string },
): Promise<Session | undefined> {
  const startedAt = performance.now();
  try {
    const session = await startSession(driver, budget, suiteVersion);
    book.add({ name: STARTS, status: "ok" });
    book.add({ name: HELLO, status: "ok", note: helloInWords(session.hello), durationMs: performance.now() - startedAt });
    return session;
  } catch (error) {
    if (!(error instanceof BadSubject)) throw error;
    const durationMs = performance.now() - startedAt;
    const problem: SmokeProblem = { reason: error.reason, got: error.message, next: error.next, frames: [] };
    // A command that ends before hello did start; a module that does was not even loaded.
    const hasStarted = AFTER_THE_START.includes(error.reason) || (driver.command !== undefined && error.reason === "exited-before-hello");
    if (hasStarted) book.add({ name: STARTS, status: "ok" });
    book.add({ name: hasStarted ? HELLO : STARTS, status: "FAIL", problem, durationMs });
    if (!hasStarted) book.notTried([HELLO]);
    return undefined;
  }
}

function helloInWords({ subject, clock, contracts }: Hello): string {
  const offers = Object.entries(contracts).map(([key, { flags }]) => {
    const declared = Object.keys(flags).filter((flag) => flags[flag] === true);
    return declared.length === 0 ? key : `${key} (${declared.join(", ")})`;
  });
  return `${subject.name} ${subject.version}, ${clock} clock, offers ${offers.join(", ") || "nothing"}`;
}

/** What of it is to be tried; undefined where it does not offer that. */
function offered(session: Session, named: readonly SuiteDefinition[], book: StepBook): readonly SuiteDefinition[] | undefined {
  const { hello } = session;
  try {
    const suites = named.length > 0 ? named : offeredSuites(hello);
    for (const { contract } of suites) {
      const before = session.violations.length;
      checkDeclaration(declarationOf(contract, hello), contract, session);
      const [violation] = session.violations.slice(before);
      const name = `offers ${contractKey(contract)}`;
      book.add(violation ? { name, status: "FAIL", problem: problemOf(violation, []) } : { name, status: "ok" });
    }
    return suites;
  } catch (error) {
    if (!(error instanceof BadSubject)) throw error;
    const missing = named.find(({ contract }) => hello.contracts[contractKey(contract)] === undefined);
    const problem: SmokeProblem = { reason: error.reason, got: error.message, next: error.next, frames: [] };
    book.add({ name: missing ? `offers ${contractKey(missing.contract)}` : OFFERS, status: "FAIL", problem });
    book.notTried(named.flatMap(({ contract }) => instanceSteps(contract, ofEach(named)({ contract }))));
    return undefined;
  }
}

async function end(session: Session, book: StepBook): Promise<void> {
  const [startedAt, before] = [performance.now(), session.violations.length];
  const canBeEnded = session.isUsable;
  await session.end();
  const durationMs = performance.now() - startedAt;
  const ofTheEnd = ({ requirement }: Violation): boolean => !["WIRE-002", "WIRE-008"].includes(requirement);
  const violation =
    session.violations.slice(before).find(ofTheEnd) ?? session.violations.find(({ requirement }) => requirement === "WIRE-009");
  if (violation) book.add({ name: ENDS, status: "FAIL", problem: problemOf(violation, ["open", "close", "shutdown"]), durationMs });
  else if (canBeEnded) book.add({ name: ENDS, status: "ok", durationMs });
  else book.notTried([ENDS]);
  ofTheWhole(STDOUT, "WIRE-002", session, canBeEnded, book);
  ofTheWhole(SECRETS, "WIRE-008", session, canBeEnded, book);
}

/** A session that was cut short shows only what went wrong. */
function ofTheWhole(name: string, requirement: string, session: Session, isWhole: boolean, book: StepBook): void {
  const violation = session.violations.find((one) => one.requirement === requirement);
  if (violation) book.add({ name, status: "FAIL", problem: problemOf(violation, ["open"]) });
  else if (isWhole) book.add({ name, status: "ok" });
  else book.notTried([name]);
}

/** Names the contract in a step where there are several. */
function ofEach(suites: readonly unknown[]): (suite: Pick<SuiteDefinition, "contract">) => string {
  return ({ contract }) => (suites.length > 1 ? ` of ${contractKey(contract)}` : "");
}

function sentIn(session: Session): readonly string[] {
  return session.transcript
    .lines()
    .filter(({ direction }) => direction === "to-subject")
    .map(({ text }) => session.canaries.redact(text));
}
