import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";

import { openClawPeer } from "./openclaw-peer.ts";
import type { Peer } from "./openclaw-peer.ts";

const PARTS = ["trees", "files", "repetitions", "incremental"] as const;
type Part = (typeof PARTS)[number];

const HELP = `pnpm bench scanner [options]
  --skills <n>       skills in the largest tree; a tenth and a half of it are measured too (10000)
  --files <n>        files in the tree of full skills, 500 in each; a half of it is measured too (100000)
  --runs <n>         passes of which the median counts, each in a process of its own (5)
  --jobs <n>         threads of flynn-pool (one a core)
  --parts <names>    what is measured, with commas between: ${PARTS.join(", ")} (all)
  --peer-mb <n>      megabytes of the peer's own programs that are scanned as skills (60)
  --openclaw <dir>   a folder with node_modules/openclaw; else FLYNN_BENCH_OPENCLAW, else it is installed once by npm
  --no-install       do not install it
  --results <dir>    where the JSON goes (bench/results)`;

export interface Options {
  readonly skills: number;
  readonly files: number;
  readonly runs: number;
  readonly jobs: number;
  readonly parts: readonly Part[];
  readonly peerMegabytes: number;
  readonly peer: Peer;
  readonly results: string;
}

/** Gives the exit status where there is nothing to measure: 0 after the help, 2 for a mistake. */
export function readOptions(args: readonly string[]): Options | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        skills: { type: "string", default: "10000" },
        files: { type: "string", default: "100000" },
        runs: { type: "string", default: "5" },
        jobs: { type: "string", default: String(availableParallelism()) },
        parts: { type: "string", default: PARTS.join(",") },
        "peer-mb": { type: "string", default: "60" },
        openclaw: { type: "string" },
        "no-install": { type: "boolean", default: false },
        results: { type: "string", default: resolve(import.meta.dirname, "../results") },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(HELP);
      return 0;
    }
    const numbers = {
      skills: positive("--skills", values.skills),
      files: positive("--files", values.files),
      runs: positive("--runs", values.runs),
      jobs: positive("--jobs", values.jobs),
      peerMegabytes: positive("--peer-mb", values["peer-mb"]),
    };
    const parts = partsIn(values.parts);
    const cache = resolve(import.meta.dirname, "../../.flynn/bench");
    const folder = values.openclaw ?? process.env["FLYNN_BENCH_OPENCLAW"];
    return { ...numbers, parts, results: values.results, peer: openClawPeer({ folder, cache, install: !values["no-install"] }) };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${HELP}`);
    return 2;
  }
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new RangeError(`${name} needs a whole number from 1, not ${JSON.stringify(text)}`);
  return number;
}

function partsIn(text: string): Part[] {
  return text.split(",").map((name) => {
    const part = PARTS.find((known) => known === name.trim());
    if (part === undefined) throw new RangeError(`--parts knows ${PARTS.join(", ")}, and not ${JSON.stringify(name)}`);
    return part;
  });
}
