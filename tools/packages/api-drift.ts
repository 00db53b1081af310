import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What lies in the repository and should not, or lacks, or reads otherwise; by path from the root. */
export interface Drift {
  readonly path: string;
  readonly kind: "missing" | "changed" | "stale";
}

/** Compares the reports in the `api` folders with what they should be. */
export function driftOf(root: string, folders: readonly string[], expected: ReadonlyMap<string, string>): readonly Drift[] {
  const wrong = [...expected].flatMap(([path, text]): Drift[] => {
    const current = textOf(join(root, path));
    if (current === text) return [];
    return [{ path, kind: current === undefined ? "missing" : "changed" }];
  });
  const stale = folders
    .flatMap((folder) => reportsIn(root, `${folder}/api`))
    .filter((path) => !expected.has(path))
    .map((path): Drift => ({ path, kind: "stale" }));
  return [...wrong, ...stale];
}

/** Makes the repository say what is expected. */
export function repair(root: string, drift: readonly Drift[], expected: ReadonlyMap<string, string>): void {
  for (const { path, kind } of drift) {
    if (kind === "stale") rmSync(join(root, path));
    else {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), expected.get(path) ?? "");
    }
  }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function reportsIn(root: string, folder: string): string[] {
  try {
    return readdirSync(join(root, folder)).map((name) => `${folder}/${name}`);
  } catch {
    return [];
  }
}
