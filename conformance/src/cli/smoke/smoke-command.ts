import { randomBytes } from "node:crypto";

import type { Driver } from "../../drivers/driver.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { styleFor } from "../../report/style.ts";
import { SmokeBudget } from "../../smoke/smoke-budget.ts";
import { smokeSubject } from "../../smoke/smoke-subject.ts";
import { StepBook } from "../../smoke/step-book.ts";
import { tryRoot } from "../../smoke/try-root.ts";
import type { RootTried } from "../../smoke/try-root.ts";
import { resolveSubjects } from "../subjects/resolve-subjects.ts";
import type { ModuleDriver } from "../subjects/resolve-subjects.ts";
import { suiteVersion } from "../version.ts";
import { SmokeText } from "./smoke-text.ts";

export interface SmokeFlags {
  readonly driver: ModuleDriver;
  readonly color: boolean;
}

const SUITE_FAILED = 4;

/** Tries each subject that the words or the configuration name; the exit code is that of the worst. */
export async function smokeCommand(words: readonly string[], command: readonly string[] | undefined, flags: SmokeFlags): Promise<number> {
  const { driver, suites, configured } = resolveSubjects(words, command, flags.driver);
  const subjects = driver
    ? [{ driver, suites }]
    : configured.map((assignment) => ({ driver: assignment.driver, suites: [assignment.suite] }));
  const codes: number[] = [];
  for (const subject of subjects) codes.push(await smokeOne(subject.driver, subject.suites, { flags, isConfigured: driver === undefined }));
  return Math.max(0, ...codes);
}

async function smokeOne(
  driver: Driver,
  named: readonly SuiteDefinition[],
  { flags, isConfigured }: { readonly flags: SmokeFlags; readonly isConfigured: boolean },
): Promise<number> {
  const text = new SmokeText(driver, styleFor(process.stdout, flags.color), isConfigured);
  const write = (lines: readonly string[]): void => void process.stdout.write(lines.map((line) => `${line}\n`).join(""));
  write(text.heading(named));
  const by = { budget: new SmokeBudget(), suiteVersion: suiteVersion(), seed: randomBytes(4).toString("hex") };
  // A failure shows how to see it by hand with what was sent, which is known at the end.
  const book = new StepBook((step) => write(text.step(step)));
  const { exitCode, suites, sent } = await smokeSubject(driver, named, book, by);
  write(text.afterSteps(book.steps, sent, by.suiteVersion));
  if (exitCode !== 0) {
    write(text.broken(exitCode, suites));
    return exitCode;
  }
  const tried: RootTried[] = [];
  for (const suite of suites) {
    const root = await tryRoot(suite, driver, by);
    if (!root) continue;
    tried.push(root);
    write(text.root(suite, root));
  }
  if (tried.some(({ status }) => status === "suite failed")) return SUITE_FAILED;
  return tried.some(({ status }) => status === "broken") ? 1 : 0;
}
