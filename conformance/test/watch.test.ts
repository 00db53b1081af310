import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, test } from "vitest";

import { EXEMPLAR, NODE, inFolder, runCli, subjectPath } from "./run-cli.ts";

const BIN = fileURLToPath(new URL("../bin/flynn-conformance.ts", import.meta.url));

/** A watching command line, whose output can be waited for. */
class Watching implements AsyncDisposable {
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  #output = "";
  #seen = 0;
  #look: () => void = () => undefined;

  constructor(folder: string, ...args: readonly string[]) {
    const [node, ...own] = NODE;
    const environment = { ...process.env, NO_COLOR: "1", NODE_OPTIONS: undefined, VITEST: undefined };
    this.#child = spawn(node, [...own, BIN, ...args], { cwd: folder, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const collect = (chunk: Buffer): void => {
      this.#output += chunk.toString("utf8");
      this.#look();
    };
    this.#child.stdout?.on("data", collect);
    this.#child.stderr?.on("data", collect);
    this.#exited = new Promise((resolve) => this.#child.once("close", resolve));
  }

  /** Resolves once `text` has come after what was waited for last, with what came up to it. */
  async until(text: string): Promise<string> {
    const found = new Promise<string>((resolve) => {
      this.#look = (): void => {
        const at = this.#output.indexOf(text, this.#seen);
        if (at === -1) return;
        const before = this.#output.slice(this.#seen, at + text.length);
        this.#seen = at + text.length;
        this.#look = () => undefined;
        resolve(before);
      };
      this.#look();
    });
    const gone = this.#exited.then((code): never => {
      throw new Error(`It ended with ${code} before it said "${text}":\n${this.#output}`);
    });
    return Promise.race([found, gone]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill("SIGINT");
    await this.#exited;
  }
}

const subject = (path: string): string => `export { default } from ${JSON.stringify(path)};\n`;

describe.concurrent("--watch", { timeout: 60_000 }, () => {
  test("judges again at a change, what failed last first, and goes on where the subject does not load", () =>
    inFolder(async (folder) => {
      const file = join(folder, "subject.ts");
      writeFileSync(file, subject(subjectPath("claims-renew")));
      await using watching = new Watching(folder, "specimen", "./subject.ts", "--watch", "--report", "json=report.json");
      expect(await watching.until("watching .; Ctrl-C ends it")).toContain("FAIL LEASE-013");

      writeFileSync(file, subject(EXEMPLAR));
      expect(await watching.until("no claim: only some rows were run, and they hold")).toContain("changed: subject.ts");
      expect(await watching.until("watching .; Ctrl-C ends it")).toContain("conformant to specimen@1");

      writeFileSync(file, "throw new Error('half-written');\n");
      expect(await watching.until("watching .; Ctrl-C ends it")).toContain("bad subject (module-threw)");

      writeFileSync(file, subject(EXEMPLAR));
      expect(await watching.until("watching .; Ctrl-C ends it")).toContain("conformant to specimen@1");
    }));

  test("watches the folders that it is told to", () =>
    inFolder(async (folder) => {
      mkdirSync(join(folder, "src"));
      writeFileSync(join(folder, "subject.ts"), subject(EXEMPLAR));
      await using watching = new Watching(folder, "specimen", "./subject.ts", "--watch", "--watch-folder", "src", "--only", "LEASE-001");
      await watching.until("watching src; Ctrl-C ends it");
      writeFileSync(join(folder, "src", "store.txt"), "changed");
      await watching.until(`changed: ${join("src", "store.txt")}`);
      await watching.until("watching src; Ctrl-C ends it");
    }));

  const mistakes: Readonly<Record<string, readonly [readonly string[], string]>> = {
    "in the process itself": [["--watch", "--driver", "in-process"], "cannot load a module again into the process that has it"],
    "with an update of the baseline": [
      ["--watch", "--update-baseline", "--reason", "r", "--issue", "1", "--until", "9999-12-31"],
      "--watch runs again and again",
    ],
    "a folder without --watch": [["--watch-folder", "."], "--watch-folder belongs to --watch"],
    "a folder that is not there": [["--watch", "--watch-folder", "nowhere"], "--watch-folder nowhere is not a folder"],
  };

  test.each(Object.entries(mistakes))("%s is refused with exit 2", (_title, [flags, says]) =>
    inFolder(async (folder) => {
      const ran = await runCli(["specimen", EXEMPLAR, ...flags], folder);
      expect([ran.exitCode, ran.stderr]).toEqual([2, expect.stringContaining(says) as string]);
    }),
  );
});
