import { readFileSync, realpathSync } from "node:fs";
import { registerHooks } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import type { Subject } from "@flynn/sdk/subject";

import type { SourcePatch, SubjectWrapper } from "../mutation/mutant.ts";
import { countOccurrences } from "../mutation/occurrences.ts";

/** Loads a subject with the faults that the arguments name: `--wrap <module> <id>` and `--patch <module> <id>`. */
export async function applyFaults(faultArguments: readonly string[], load: () => Promise<Subject>): Promise<Subject> {
  let wrap: ((subject: Subject) => Subject) | undefined;
  for (let at = 0; at < faultArguments.length; at += 3) {
    const [kind, module = "", id = ""] = faultArguments.slice(at, at + 3);
    const { default: faults } = (await import(pathToFileURL(resolve(module)).href)) as {
      readonly default: readonly (SourcePatch | SubjectWrapper)[];
    };
    const fault = faults.find((candidate) => candidate.id === id);
    if (!fault) throw new Error(`${module} has no fault ${id}`);
    if (kind === "--patch" && "find" in fault) applyPatch(module, fault);
    else if (kind === "--wrap" && "wrap" in fault) wrap = (subject) => fault.wrap(subject);
    else throw new Error(`${id} of ${module} is no fault for ${kind}`);
  }
  const subject = await load();
  return wrap ? wrap(subject) : subject;
}

/** The file is named relative to the folder above the one that holds the patches. */
function applyPatch(module: string, patch: SourcePatch): void {
  // Modules are loaded under their real path, also where the way here went over a link.
  const url = pathToFileURL(realpathSync(resolve(dirname(resolve(module)), "..", patch.file))).href;
  const source = readFileSync(fileURLToPath(url), "utf8");
  const found = countOccurrences(source, patch.find);
  if (found !== 1) throw new Error(`The patch ${patch.id} must match ${patch.file} exactly once and matches ${found} times`);
  registerHooks({
    load: (loaded, context, nextLoad) => {
      const result = nextLoad(loaded, context);
      return loaded === url ? { ...result, source: source.replace(patch.find, () => patch.replace) } : result;
    },
  });
}
