import { existsSync, readFileSync } from "node:fs";

import { killMatrixSchema } from "./kill-matrix.ts";
import type { KillMatrix } from "./kill-matrix.ts";

/** The kill matrix that this suite carries for a contract, by name; undefined where it carries none. */
export function publishedKillMatrix(contractName: string): KillMatrix | undefined {
  // From source, and from the package, where this file lies one folder deeper.
  const candidates = ["../../", "../../../"].map((up) => new URL(`${up}kill-matrix/${contractName}.json`, import.meta.url));
  const file = candidates.find((candidate) => existsSync(candidate));
  // JSON.parse: a file of this package; the schema checks it.
  return file && killMatrixSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}
