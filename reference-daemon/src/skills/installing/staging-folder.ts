import { dirname, join } from "node:path";

import type { InstallFiles } from "./install-files.ts";

/** The dot keeps loaders away: what is in there is not installed. */
const PREFIX = ".installing-";

/**
 * A folder of an installation's own, beside what it will replace and so on the same file system, where a rename is atomic. It is
 * gone when it is closed, and so is the folder around it where it was made for this.
 */
export class StagingFolder {
  readonly #files: InstallFiles;
  readonly #parent: string;
  readonly #topmostMade: string | undefined;
  readonly #path: string;
  #isKept = false;

  private constructor(files: InstallFiles, parent: string, topmostMade: string | undefined, path: string) {
    this.#files = files;
    this.#parent = parent;
    this.#topmostMade = topmostMade;
    this.#path = path;
  }

  static async in(parent: string, files: InstallFiles): Promise<StagingFolder> {
    const topmostMade = await files.makeFolders(parent);
    return new StagingFolder(files, parent, topmostMade, await files.makePrivateFolder(join(parent, PREFIX)));
  }

  /** Where the archive is unpacked. */
  get unpacked(): string {
    return join(this.#path, "unpacked");
  }

  /** Where the skill is made that will be put into place. */
  get skill(): string {
    return join(this.#path, "skill");
  }

  /** Where the skill that is replaced waits until the new one is in place. */
  get replaced(): string {
    return join(this.#path, "replaced");
  }

  /** It holds the only copy of something. */
  keep(): void {
    this.#isKept = true;
  }

  async close(): Promise<void> {
    if (this.#isKept) return;
    await this.#files.removeTree(this.#path);
    if (this.#topmostMade !== undefined) await this.#removeEmptyUpTo(this.#topmostMade);
  }

  /** What was installed, by this installation or another one, stays. */
  async #removeEmptyUpTo(topmost: string): Promise<void> {
    for (let folder = this.#parent; folder.length >= topmost.length; folder = dirname(folder)) {
      const isRemoved = await this.#files.removeFolder(folder).then(
        () => true,
        () => false,
      );
      if (!isRemoved || folder === dirname(folder)) return;
    }
  }
}
