/** Where a page is run: the folder its reader is in, and what is there. */
export interface PagePlace {
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Why the reader may not write this path, relative to the folder; undefined where it may. */
  readonly refusesFile: (path: string) => string | undefined;
}

/** Whether a path leaves the folder that it is relative to. */
export function leadsOutside(path: string): boolean {
  return path.startsWith("/") || path.split("/").includes("..");
}
