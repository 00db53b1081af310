import { DIAGNOSIS_ADVICE } from "../wire/diagnosis-advice.ts";
import type { Session } from "../wire/session.ts";
import { NoAnswer, SubjectGone, Unjudgeable } from "../wire/session-failure.ts";
import type { Violation } from "../wire/violation.ts";
import type { SmokeProblem, SmokeStep } from "./smoke-step.ts";

/** What is asked of the whole session, and has steps of its own at the end. */
const OF_THE_WHOLE_SESSION = ["WIRE-002", "WIRE-008", "WIRE-009"];

/** Takes steps, tells each as it is done, and remembers which of them failed. */
export class StepBook {
  readonly steps: SmokeStep[] = [];
  readonly #onStep: (step: SmokeStep) => void;

  constructor(onStep: (step: SmokeStep) => void) {
    this.#onStep = onStep;
  }

  get hasFailed(): boolean {
    return this.steps.some(({ status }) => status === "FAIL");
  }

  add(step: SmokeStep): void {
    this.steps.push(step);
    this.#onStep(step);
  }

  notTried(names: readonly string[]): void {
    for (const name of names) this.add({ name, status: "not tried" });
  }

  /**
   * Does one thing with the subject. Whether it went well is what the session has seen, and not what the answer says. An
   * exception of the implementation that arrives as an error is an answer, because the harness has carried it.
   */
  async take(name: string, session: Session, frames: readonly string[], work: () => Promise<string>): Promise<boolean> {
    const [startedAt, before] = [performance.now(), session.violations.length];
    let [note, thrown]: [string, unknown] = ["", undefined];
    try {
      note = await work();
    } catch (error) {
      thrown = error;
    }
    const seen = session.violations.slice(before);
    const own = seen.find(({ requirement }) => !OF_THE_WHOLE_SESSION.includes(requirement));
    const cause = own ?? (thrown instanceof Unjudgeable ? seen.at(-1) : undefined);
    if (cause?.diagnosis === "unknown-code") [note, thrown] = [`with an error that the contract does not list: ${cause.got}`, undefined];
    const isBroken = cause !== undefined && cause.diagnosis !== "unknown-code";
    const problem = isBroken ? problemOf(cause, frames) : thrown === undefined ? undefined : unanswered(thrown, session, frames);
    const durationMs = performance.now() - startedAt;
    this.add(problem ? { name, status: "FAIL", problem, durationMs } : { name, status: "ok", note, durationMs });
    return problem === undefined;
  }
}

export function problemOf({ diagnosis, expected, got }: Violation, frames: readonly string[]): SmokeProblem {
  return { reason: diagnosis, expected, got, next: DIAGNOSIS_ADVICE[diagnosis], frames };
}

function unanswered(thrown: unknown, session: Session, frames: readonly string[]): SmokeProblem {
  if (!(thrown instanceof NoAnswer || thrown instanceof SubjectGone)) throw thrown;
  const reason = thrown instanceof NoAnswer ? "no-answer" : "exited";
  return { reason, expected: "an answer", got: session.canaries.redact(thrown.message), next: thrown.next, frames };
}
