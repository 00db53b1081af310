import { relative, resolve } from "node:path";

import { watch } from "chokidar";

/** What no author writes by hand. */
const IGNORED = /(?:^|[/\\])(?:node_modules|\.git|\.flynn|__pycache__|dist|coverage)(?:[/\\]|$)/u;

/** Editors write more than once; what comes within this time is one change. Milliseconds. */
const ONE_CHANGE_MS = 40;

/** The files that change below some folders, as sets of what changed together. */
export class Changes {
  readonly #watcher: ReturnType<typeof watch>;
  readonly #changed = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  /** `except`: files that this program writes itself. */
  private constructor(folders: readonly string[], except: readonly string[]) {
    const own = new Set(except.map((path) => resolve(path)));
    this.#watcher = watch([...folders], {
      ignoreInitial: true,
      ignored: (path: string) => own.has(resolve(path)) || folders.some((folder) => IGNORED.test(relative(folder, path))),
    });
    this.#watcher.on("all", (_event, path) => {
      this.#changed.add(path);
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#wake?.(), ONE_CHANGE_MS);
    });
  }

  /** Once it is watching. */
  static async below(folders: readonly string[], except: readonly string[]): Promise<Changes> {
    const changes = new Changes(folders, except);
    await new Promise<void>((ready) => changes.#watcher.once("ready", ready));
    return changes;
  }

  /** Resolves at the next change, with what changed; at once for what has changed since the last one. */
  async next(): Promise<readonly string[]> {
    await new Promise<void>((resolveNext) => {
      this.#wake = resolveNext;
      if (this.#changed.size > 0) this.#timer = setTimeout(resolveNext, ONE_CHANGE_MS);
    });
    this.#wake = undefined;
    const changed = [...this.#changed];
    this.#changed.clear();
    return changed;
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#watcher.close();
  }
}
