import type { CaseContext } from "../../judge/case-context.ts";
import { ControlFailed } from "../../judge/case-outcome.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { NoAnswer, SubjectGone } from "../../wire/session-failure.ts";

/** Uses an instance where its use is not the question: what goes wrong then is a matter of the contract's own first row. */
export async function exerciseAsControl(suite: SuiteDefinition, context: CaseContext, instance: OpenInstance): Promise<void> {
  try {
    await suite.exercise(context, instance);
  } catch (error) {
    if (!(error instanceof NoAnswer || error instanceof SubjectGone)) throw error;
    throw new ControlFailed(suite.contract.requirements[0]?.id ?? "WIRE-001", error.message);
  }
}
