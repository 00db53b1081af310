import { resolve } from "node:path";

import { expect, test } from "vitest";

import { readConfiguration } from "../src/cli/configuration.ts";
import { publishedKillMatrix } from "../src/mutation/published-kill-matrix.ts";
import { trialsFor } from "../src/mutation/trials.ts";
import { suites } from "../src/registry/suites.ts";

const { mutants } = readConfiguration(resolve(import.meta.dirname, "../.."));

/*
 * The matrices that the package carries are written from runs, which take minutes. What can be seen at once is whether they still
 * speak of the mutants that there are, as those are now.
 */
test.each(suites.map((suite) => [suite.contract.name, suite] as const))(
  "the kill matrix of %s is of the mutants that there are",
  async (name, suite) => {
    const trials = await trialsFor(suite, mutants[name] ?? []);
    const claimed = trials.map(({ kind, mutant }) => ({
      id: mutant.id,
      kind,
      fails: kind === "null" ? [] : [...mutant.kills].toSorted(),
      ...("find" in mutant ? { change: { file: mutant.file, find: mutant.find, replace: mutant.replace } } : {}),
    }));
    const published = publishedKillMatrix(name)?.mutants.map(({ says: _says, fails, ...mutant }) => ({
      ...mutant,
      fails: fails.toSorted(),
    }));
    expect(published).toEqual(claimed);
  },
);
