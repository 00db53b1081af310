import type { Action, ScanRequest, ScanResult } from "@flynn/sdk/skill-scanner";

/** One skill, as the scanner is asked for it. */
export interface SkillToScan {
  /** Absolute. */
  readonly root: string;
  readonly skillName: string;
}

/** What all skills of a run are judged by. Workers get it as it is, so that it is plain data. */
export interface Judging {
  readonly request: Omit<ScanRequest, "root" | "skillName">;
  readonly actions: Readonly<Record<string, Action>>;
  readonly installerHosts: readonly string[];
}

/** What a worker is given to do: enough skills at once that sending them costs little beside scanning them. */
export interface SkillBatch {
  readonly skills: readonly SkillToScan[];
  /** Its place in {@link WorkerSetup.pulse}, where the worker adds 1 for each skill that is done. */
  readonly lane: number;
}

export interface BatchAnswer {
  /** In the order of the skills. */
  readonly results: readonly ScanResult[];
  /** What the scanner told of its own faults, each as a text. */
  readonly faults: readonly string[];
}

/** What a worker has from its start on. */
export interface WorkerSetup {
  readonly judging: Judging;
  /** Shared memory, so that a worker that goes on is told from one that hangs without a message a skill. */
  readonly pulse: Int32Array;
}
