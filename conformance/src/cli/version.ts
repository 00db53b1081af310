import { existsSync, readFileSync } from "node:fs";

/** The version of the suite: the package's own, from the workspace or from an installed package. */
export function suiteVersion(): string {
  const candidates = ["../../package.json", "../../../package.json"].map((path) => new URL(path, import.meta.url));
  const file = candidates.find((candidate) => existsSync(candidate));
  // JSON.parse: our own package.json.
  return file ? (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version : "0.0.0";
}
