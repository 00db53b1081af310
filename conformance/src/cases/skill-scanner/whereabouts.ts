import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { Random } from "../../judge/random.ts";
import { controlRead } from "./benign-control.ts";
import { TEXTS, firstDifference } from "./determinism.ts";
import { scan } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

/** What stands above the skill is the host's affair, and says nothing of what is in it. */
const FOLDERS = {
  "below folders that scanners skip": "node_modules/.cache/vendor/tests/examples/dist",
  "below a folder with an escape of URLs in its name": "%41%2e%2e",
  "below a folder with blanks, quotes and signs in its name": " a'b\"c #d?e&f;g$h*[i] ",
  "below a folder with a decomposed accent in its name": "re\u0301sume\u0301",
} as const;

export const whereaboutsCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-027/wherever-it-lies",
    requirement: "SCAN-027",
    title: "scans the same skill in folders of several names, and in another instance",
    isolation: "shared",
    requires: [...TEXTS.requires, "byte-file-names"],
    expects: [...Object.keys(FOLDERS), "another instance"],
    run: async (context) => {
      const instance = await context.open();
      const seed = context.random.word(20);
      const build = (directory: string): ReturnType<typeof buildInCase> =>
        buildInCase(context, TEXTS, { random: new Random(seed), directory });
      await using skill = await build(context.workspace);
      const first = await scan(instance, skill.request);
      controlRead(context, skill, first);
      for (const [name, folder] of Object.entries(FOLDERS)) {
        const directory = join(context.workspace, folder);
        mkdirSync(directory, { recursive: true });
        await using copy = await build(directory);
        const difference = firstDifference(first, await scan(instance, copy.request));
        context.check(name, difference === null, {
          did: `${didScan(skill)}, then scanned a copy of it ${name}: ${JSON.stringify(folder)}`,
          expected: "the same result, byte for byte",
          got: difference ?? "",
          next: "Take the root as it is written, byte for byte, and judge by the paths below it.",
        });
      }
      const difference = firstDifference(first, await scan(await context.open(), skill.request));
      context.check("another instance", difference === null, {
        did: `${didScan(skill)}, then opened another instance and scanned it there`,
        expected: "the same result, byte for byte",
        got: difference ?? "",
        next: "Derive rulesVersion from the rules, and keep what differs from one instance to the next out of the result.",
      });
    },
  }),
];
