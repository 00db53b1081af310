import type { CaseResult } from "../../judge/results.ts";

/** One line on a terminal that is written over and taken away again; nothing anywhere else. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #isLive: boolean;
  #done = 0;
  #failed = 0;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    this.#isLive = stream.isTTY && process.env["CI"] === undefined;
  }

  show(contract: string, result: CaseResult): void {
    this.#done += 1;
    if (result.status === "FAIL") this.#failed += 1;
    if (!this.#isLive) return;
    const failed = this.#failed > 0 ? `, ${this.#failed} failed` : "";
    const text = `${contract}: ${this.#done} cases${failed} · ${result.id}`;
    this.#stream.write(`\r\u001B[2K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  clear(): void {
    this.#done = 0;
    this.#failed = 0;
    if (this.#isLive) this.#stream.write("\r\u001B[2K");
  }
}
