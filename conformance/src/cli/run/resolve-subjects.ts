import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";

import { ChildDriver } from "../../drivers/child-driver.ts";
import type { Driver } from "../../drivers/driver.ts";
import { InProcessDriver } from "../../drivers/in-process-driver.ts";
import { StdioDriver } from "../../drivers/stdio-driver.ts";
import { BadSubject } from "../../diagnosis/bad-subject.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { suiteNamed, suites } from "../../registry/suites.ts";
import { CONFIGURATION_FILE, readConfiguration } from "../configuration.ts";
import { nearest } from "../nearest.ts";
import { UsageError } from "../usage-error.ts";

/** One contract and the subject that is to be judged by it. */
export interface Assignment {
  readonly suite: SuiteDefinition;
  readonly driver: Driver;
}

/**
 * Sorts out the words of a command line: contracts, then a module or a command. Without a subject the configuration says
 * what is judged; without a contract it is whatever the subject offers, which the caller finds out by asking it.
 */
export function resolveSubjects(
  words: readonly string[],
  command: readonly string[] | undefined,
  driverName: "child" | "in-process",
): { readonly suites: readonly SuiteDefinition[]; readonly driver: Driver | undefined; readonly configured: readonly Assignment[] } {
  const modules = words.filter(looksLikePath);
  const named = words.filter((word) => !looksLikePath(word)).map(suiteOrError);
  if (modules.length > 1) throw new UsageError(`One subject at a time: ${modules.join(", ")}`);
  if (modules.length === 1 && command) throw new UsageError("Give a module or a command after --, not both");
  if (command?.length === 0)
    throw new UsageError("There is no command after --", "Write the command that starts the subject, such as -- python3 scanner.py");
  const moduleDriver = (path: string): Driver => (driverName === "in-process" ? new InProcessDriver(path) : new ChildDriver(path));
  const [module] = modules;
  if (module !== undefined) {
    if (!existsSync(module))
      throw new BadSubject(
        "module-not-found",
        `There is no file ${resolve(module)}`,
        "Give the path of the module, relative to the current folder.",
      );
    if (statSync(module).isDirectory()) {
      throw new BadSubject("module-not-found", `${resolve(module)} is a folder`, "Give the path of the module in it.");
    }
    return { suites: named, driver: moduleDriver(module), configured: [] };
  }
  if (command) {
    if (driverName === "in-process") throw new UsageError("A command after -- always runs over stdio; leave --driver out");
    return { suites: named, driver: new StdioDriver(command), configured: [] };
  }
  return { suites: [], driver: undefined, configured: configuredSubjects(named, moduleDriver) };
}

function configuredSubjects(named: readonly SuiteDefinition[], driverFor: (path: string) => Driver): readonly Assignment[] {
  const { subjects } = readConfiguration(process.cwd());
  const unknown = Object.keys(subjects).find((name) => !suiteNamed(name));
  if (unknown !== undefined)
    throw new UsageError(`${CONFIGURATION_FILE} names the contract ${unknown}, which this suite does not know`, knownContracts());
  const all = suites.flatMap((suite) => {
    const path = subjects[suite.contract.name];
    return path === undefined ? [] : [{ suite, driver: driverFor(path) }];
  });
  const wanted = named.length === 0 ? all : all.filter(({ suite }) => named.includes(suite));
  const missing = named.find((suite) => !all.some((assignment) => assignment.suite === suite));
  if (missing)
    throw new UsageError(
      `There is no subject for ${missing.contract.name}`,
      `Name a module (./my-module.ts) or a command (-- my-command), or add it to ${CONFIGURATION_FILE}.`,
    );
  if (wanted.length === 0)
    throw new UsageError(
      "There is nothing to judge",
      `Name a contract and a subject, such as: flynn-conformance skill-scanner ./my-scanner.ts. Or write ${CONFIGURATION_FILE}.`,
    );
  return wanted;
}

function suiteOrError(name: string): SuiteDefinition {
  const suite = suiteNamed(name);
  if (suite) return suite;
  const guess = nearest(
    name,
    suites.map((known) => known.contract.name),
  );
  throw new UsageError(`There is no contract ${name}${guess ? `; did you mean ${guess}?` : ""}`, knownContracts());
}

function knownContracts(): string {
  return `The contracts are ${suites.map((suite) => suite.contract.name).join(", ")}. A module is given with its path, such as ./my-module.ts.`;
}

function looksLikePath(word: string): boolean {
  return /[/\\]/u.test(word) || /\.[cm]?[jt]s$/u.test(word);
}
