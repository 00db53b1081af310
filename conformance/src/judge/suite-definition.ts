import type { ContractDefinition } from "@flynn/sdk/wire";

import type { CaseContext } from "./case-context.ts";
import type { CaseDefinition } from "./case.ts";
import type { OpenInstance, OpenOptions } from "./open-instance.ts";

/** All that the suite needs to judge one contract. */
export interface SuiteDefinition {
  readonly contract: ContractDefinition;
  readonly cases: readonly CaseDefinition[];
  /** What a case opens with where it says nothing: a valid config and a host that answers every port. */
  defaultOpenOptions(context: CaseContext): OpenOptions;
  /**
   * A short real use of an instance, whose answers carry something that only this run could have told the subject. Throws
   * where they do not: then nothing that the session did not do means anything.
   */
  exercise(context: CaseContext, instance: OpenInstance): Promise<void>;
}
