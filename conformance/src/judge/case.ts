import type { CaseContext } from "./case-context.ts";
import type { HostFeature } from "./host-feature.ts";

/**
 * One way to look whether a requirement holds. Plain data and one function: no test runner, no subject, no expectation that
 * leaves the process. `bind/` turns cases into tests of an author's own suite.
 */
export interface CaseDefinition {
  /** `<requirement>/<what-is-done>`, unique. */
  readonly id: string;
  readonly requirement: string;
  /** What is done, in one line, for people. */
  readonly title: string;
  /**
   * `shared`: an instance of its own in a process that others use too. `process`: a process of its own, for what touches
   * the whole process (environment, stdout, a kill) or may block it.
   */
  readonly isolation: "shared" | "process";
  /** What the machine must offer; where it does not, the case is NOT_RUN and names it. */
  readonly requires?: readonly HostFeature[];
  /** It moves the clock, so that a subject without a virtual one needs `--real-clock`. */
  readonly movesTime?: boolean;
  /** It shows that something does not happen, and so must bring a sensor, a contrast and a barrier. */
  readonly negative?: boolean;
  /** The names of the checks that a full run makes, each once. A case that ends without one of them has not passed. */
  readonly expects: readonly string[];
  run(context: CaseContext): Promise<void>;
}

export function defineCase(definition: CaseDefinition): CaseDefinition {
  if (!definition.id.startsWith(`${definition.requirement}/`)) {
    throw new Error(`The case ${definition.id} must start with the id of its requirement, ${definition.requirement}/`);
  }
  if (definition.expects.length === 0) throw new Error(`The case ${definition.id} expects no check, so it could not fail`);
  return definition;
}
