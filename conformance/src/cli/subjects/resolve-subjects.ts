import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";

import { BadSubject } from "../../diagnosis/bad-subject.ts";
import { ChildDriver } from "../../drivers/child-driver.ts";
import type { Driver } from "../../drivers/driver.ts";
import { InProcessDriver } from "../../drivers/in-process-driver.ts";
import { StdioDriver } from "../../drivers/stdio-driver.ts";
import type { SuiteDefinition } from "../../judge/suite-definition.ts";
import { suites } from "../../registry/suites.ts";
import { programName } from "../../report/program-name.ts";
import { CONFIGURATION_FILE, readConfiguration } from "../configuration.ts";
import type { ConfiguredSubject } from "../configuration.ts";
import { suiteArgument } from "../suite-argument.ts";
import { UsageError } from "../usage-error.ts";

/** A word that is no contract may be a module whose folder was left out. */
const MODULE_HINT = " A module is given with its path, such as ./my-module.ts.";

export type ModuleDriver = "child" | "in-process";

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
  driverName: ModuleDriver,
): { readonly suites: readonly SuiteDefinition[]; readonly driver: Driver | undefined; readonly configured: readonly Assignment[] } {
  const modules = words.filter(looksLikePath);
  const named = words.filter((word) => !looksLikePath(word)).map((word) => suiteArgument(word, MODULE_HINT));
  if (modules.length > 1) throw new UsageError(`One subject at a time: ${modules.join(", ")}`);
  if (modules.length === 1 && command) throw new UsageError("Give a module or a command after --, not both");
  if (command?.length === 0)
    throw new UsageError("There is no command after --", "Write the command that starts the subject, such as -- python3 scanner.py");
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
    return { suites: named, driver: driverOf(module, driverName), configured: [] };
  }
  if (command) {
    if (driverName === "in-process") throw new UsageError("A command after -- always runs over stdio; leave --driver out");
    return { suites: named, driver: new StdioDriver(command), configured: [] };
  }
  return { suites: [], driver: undefined, configured: configuredSubjects(named, driverName) };
}

function configuredSubjects(named: readonly SuiteDefinition[], driverName: ModuleDriver): readonly Assignment[] {
  const subjects = Object.entries(readConfiguration(process.cwd()).subjects).map(
    ([name, subject]) => [configuredSuite(name), subject] as const,
  );
  const inOrder = suites.flatMap((suite) => subjects.filter(([other]) => other === suite));
  const wanted = named.length === 0 ? inOrder : inOrder.filter(([suite]) => named.includes(suite));
  const missing = named.find((suite) => !inOrder.some(([other]) => other === suite));
  if (missing)
    throw new UsageError(
      `There is no subject for ${missing.contract.name}`,
      `Name a module (./my-module.ts) or a command (-- my-command), or add it to ${CONFIGURATION_FILE}.`,
    );
  if (wanted.length === 0)
    throw new UsageError(
      "There is nothing to judge",
      `Name a contract and a subject, such as: ${programName()} skill-scanner ./my-scanner.ts. Or let \`${programName()} init skill-scanner\` write a first one and ${CONFIGURATION_FILE}.`,
    );
  return wanted.map(([suite, subject]) => ({ suite, driver: driverOf(subject, driverName) }));
}

function driverOf(subject: ConfiguredSubject, driverName: ModuleDriver): Driver {
  if (typeof subject === "string") return driverName === "in-process" ? new InProcessDriver(subject) : new ChildDriver(subject);
  if (driverName === "in-process")
    throw new UsageError(
      `${CONFIGURATION_FILE} names the command ${subject.command.join(" ")}, which always runs over stdio; leave --driver out`,
    );
  return new StdioDriver(subject.command, {}, subject.folder);
}

function configuredSuite(name: string): SuiteDefinition {
  try {
    return suiteArgument(name);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${CONFIGURATION_FILE} names the contract ${name}, which this suite does not know`, error.next);
  }
}

function looksLikePath(word: string): boolean {
  return /[/\\]/u.test(word) || /\.[cm]?[jt]s$/u.test(word);
}
