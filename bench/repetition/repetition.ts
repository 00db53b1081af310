import { execFileSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";

/** One text of one rule, repeated to 256 and to 512 KiB. */
export interface Repetition {
  readonly ruleId: string;
  /** Its start. */
  readonly text: string;
  /** Of the processor, for the larger one: the machine may have other things to do meanwhile. */
  readonly ms: number;
  /** Of the larger to the smaller; null where both are too short to compare. */
  readonly ratio: number | null;
}

/** Of each anchor and the example of each text rule those that cost most, in a process of its own. */
export function measureRepetitions(): Repetition[] {
  const worker = join(import.meta.dirname, "worker.ts");
  const output = execFileSync(process.execPath, ["--conditions=@flynn/source", worker], { encoding: "utf8", maxBuffer: 1e8 });
  // oxlint-disable-next-line house/no-bare-json-parse
  return JSON.parse(output) as Repetition[];
}

export function worstBy(repetitions: readonly Repetition[], value: (repetition: Repetition) => number): Repetition | undefined {
  return repetitions.toSorted((a, b) => value(b) - value(a))[0];
}

export function named({ ruleId, text }: Repetition): string {
  return `${ruleId}, ${JSON.stringify(text)}`;
}
