import { existsSync } from "node:fs";

import { BASELINE_VERSION, baselineEntrySchema, baselineSchema, entryKey } from "../../baseline/baseline-schema.ts";
import type { Baseline } from "../../baseline/baseline-schema.ts";
import { compareBaseline } from "../../baseline/compare-baseline.ts";
import { unknownFailures, updatedBaseline } from "../../baseline/update-baseline.ts";
import type { Acceptance } from "../../baseline/update-baseline.ts";
import type { BaselineReport, ContractReport } from "../../report/report-schema.ts";
import { readJsonFile } from "../json-file.ts";
import { writeReport } from "../report-files.ts";
import { UsageError } from "../usage-error.ts";
import type { RunFlags } from "./run-flags.ts";

const BASELINE_FILE = "conformance.baseline.json";

const ACCEPTANCE_EXAMPLE = '--reason "the store has no clock yet" --issue https://example.org/issues/12 --until 2027-01-31';

/** The baseline that a run is held against, and what is to become of it. */
export class RunBaseline {
  readonly path: string;
  readonly #file: Baseline | undefined;
  readonly #isUpdated: boolean;
  readonly #acceptance: Acceptance | undefined;
  readonly #today: string;

  private constructor(path: string, file: Baseline | undefined, acceptance: Acceptance | undefined, isUpdated: boolean, today: string) {
    this.path = path;
    this.#file = file;
    this.#acceptance = acceptance;
    this.#isUpdated = isUpdated;
    this.#today = today;
  }

  /** What the flags ask for, checked before anything is run; undefined where they ask for nothing. */
  static of(flags: RunFlags, isFiltered: boolean, now: Date): RunBaseline | undefined {
    const today = now.toISOString().slice(0, 10);
    const isUpdated = flags.updateBaseline ?? false;
    const acceptance = acceptanceOf(flags, isUpdated, today);
    if (flags.baseline === undefined && !isUpdated) return undefined;
    if (isUpdated && isFiltered)
      throw new UsageError(
        "--update-baseline with --only, --level or --capability would forget what was not run",
        "Run all requirements to update the baseline.",
      );
    const path = flags.baseline ?? BASELINE_FILE;
    const file = isUpdated && !existsSync(path) ? undefined : readBaseline(path);
    return new RunBaseline(path, file, acceptance, isUpdated, today);
  }

  /** The seed that shows the same again. */
  get seed(): string | undefined {
    return this.#file?.seed;
  }

  /** Holds the runs against the file, after having written it anew where that was asked for. */
  settle(runs: readonly ContractReport[]): BaselineReport {
    const baseline = this.#isUpdated ? this.#write(runs) : this.#file;
    const compared = compareBaseline(baseline ?? { schema: BASELINE_VERSION, seed: "", entries: [] }, runs, this.#today);
    return {
      path: this.path,
      excused: [...compared.excused],
      waiting: [...compared.waiting],
      problems: [...compared.problems],
    };
  }

  #write(runs: readonly ContractReport[]): Baseline {
    const undecided = runs.find(({ verdict }) => verdict === "harness-error" || verdict === "nothing-ran");
    if (undecided || runs.length === 0)
      throw new UsageError(
        `The baseline ${this.path} was not updated: the run of ${undecided?.contract ?? "any contract"} came to no verdict`,
        "Run it again once the suite can judge the subject.",
      );
    const unknown = unknownFailures(this.#file, runs);
    if (unknown.length > 0 && !this.#acceptance) {
      const names = unknown.map(({ judged }) => judged.id).join(", ");
      throw new UsageError(
        `The baseline ${this.path} was not updated: nobody said why ${names} may fail`,
        `Say it for all of them, or mend some first: --update-baseline ${ACCEPTANCE_EXAMPLE}`,
      );
    }
    const baseline = updatedBaseline(this.#file, runs, this.#acceptance);
    writeReport(this.path, `${JSON.stringify(baseline, undefined, 2)}\n`);
    return baseline;
  }
}

function readBaseline(path: string): Baseline {
  const baseline = readJsonFile(path, {
    name: "baseline",
    version: BASELINE_VERSION,
    schema: baselineSchema,
    next: `Correct it, or write one with --update-baseline ${ACCEPTANCE_EXAMPLE}`,
  });
  const keys = baseline.entries.map(entryKey);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw new UsageError(`${path} has two entries for ${twice}`, "Take one of them out.");
  return baseline;
}

function acceptanceOf({ reason, issue, until }: RunFlags, isUpdated: boolean, today: string): Acceptance | undefined {
  const given = [reason, issue, until].filter((value) => value !== undefined);
  if (given.length === 0) return undefined;
  if (!isUpdated)
    throw new UsageError("--reason, --issue and --until belong to --update-baseline", `Write: --update-baseline ${ACCEPTANCE_EXAMPLE}`);
  const acceptance = baselineEntrySchema.pick({ reason: true, issue: true, until: true }).safeParse({ reason, issue, until });
  if (!acceptance.success)
    throw new UsageError(
      "A new entry of a baseline needs a reason, an issue and a day such as 2027-01-31",
      `Write: --update-baseline ${ACCEPTANCE_EXAMPLE}`,
    );
  if (acceptance.data.until < today) throw new UsageError(`--until ${acceptance.data.until} is over already`, "Give a day from today on.");
  return acceptance.data;
}
