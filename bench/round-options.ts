import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface RoundOptions {
  readonly rounds: number;
  /** The folder where the JSON goes. */
  readonly results: string;
}

/** Reads `--rounds` and `--results`. Gives the exit status where there is nothing to measure: 0 after the help, 2 for a mistake. */
export function readRoundOptions(args: readonly string[], rounds: number, help: string): RoundOptions | number {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        rounds: { type: "string", default: String(rounds) },
        results: { type: "string", default: resolve(import.meta.dirname, "results") },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) {
      console.log(help);
      return 0;
    }
    const wanted = Number(values.rounds);
    if (!Number.isInteger(wanted) || wanted < 1)
      throw new RangeError(`--rounds needs a whole number from 1, not ${JSON.stringify(values.rounds)}`);
    return { rounds: wanted, results: values.results };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${help}`);
    return 2;
  }
}
