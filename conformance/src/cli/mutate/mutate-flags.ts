import type { ModuleDriver } from "../subjects/resolve-subjects.ts";

export interface MutateFlags {
  readonly seed?: string;
  readonly jobs?: number;
  readonly driver: ModuleDriver;
  readonly only: readonly string[];
  readonly report: readonly string[];
  readonly realClock?: true;
  readonly color: boolean;
}
