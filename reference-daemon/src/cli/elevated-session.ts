import type { CommandAnswer } from "../commands/command-answer.ts";
import { EXIT } from "./exit-codes.ts";
import { LineReader } from "./line-reader.ts";
import type { RunningProgram } from "./running-program.ts";
import { splitWords } from "./split-words.ts";
import { write } from "./streams.ts";
import type { CommandContext, CommandSignal } from "./streams.ts";

export interface ElevatedSessionOptions {
  readonly streams: Pick<CommandContext, "stdin" | "stdout" | "stderr" | "onSignal">;
  /** Undefined for what is no command. */
  readonly answer: (message: string) => Promise<CommandAnswer | undefined>;
  readonly run: (argv: readonly string[]) => RunningProgram;
}

const PROMPT = "flynn> ";

/** Signals after which nobody waits for the command that runs, and the exit status that shells have for each. */
const ENDINGS: readonly (readonly [CommandSignal, number])[] = [
  ["SIGHUP", 129],
  ["SIGQUIT", 131],
  ["SIGTERM", 143],
];

/**
 * A conversation at a terminal, or what a pipe gives in the place of one: lines that are commands are answered, all others are
 * programs, one after another. What is held beside it, such as grants, is for its owner to end.
 */
export class ElevatedSession {
  readonly #options: ElevatedSessionOptions;
  readonly #lines: LineReader;
  readonly #ended = Promise.withResolvers<number>();
  #isEnded = false;
  #program: RunningProgram | undefined;

  constructor(options: ElevatedSessionOptions) {
    this.#options = options;
    this.#lines = new LineReader(options.streams.stdin);
  }

  /** Resolves with an exit status when it is over. A program may still run then, after a signal. */
  async run(firstLine?: string): Promise<number> {
    const { onSignal } = this.#options.streams;
    const stopListening = [
      onSignal("SIGINT", () => this.#interrupt()),
      // Stopped, it could end no call whose grant is over.
      onSignal("SIGTSTP", () => {}),
      ...ENDINGS.map(([signal, status]) => onSignal(signal, () => this.#end(status))),
    ];
    try {
      return await Promise.race([this.#ended.promise, this.#converse(firstLine)]);
    } finally {
      this.#isEnded = true;
      this.#lines.close();
      for (const stop of stopListening) stop();
    }
  }

  async #converse(firstLine: string | undefined): Promise<number> {
    if (firstLine !== undefined) await this.#take(firstLine);
    for (let line = await this.#nextLine(); line !== undefined; line = await this.#nextLine()) {
      if (line.trim() === "exit") return EXIT.ok;
      await this.#take(line);
    }
    const { problem } = this.#lines;
    if (problem === undefined) return EXIT.ok;
    await this.#complain(`the input cannot be read: ${problem}`);
    return EXIT.fault;
  }

  async #nextLine(): Promise<string | undefined> {
    if (this.#isEnded) return undefined;
    const { stdin, stderr } = this.#options.streams;
    const isPrompted = stdin.isTTY === true && stderr.isTTY === true;
    if (isPrompted) await write(stderr, PROMPT);
    const line = await this.#lines.next();
    if (line === undefined && isPrompted && !this.#isEnded) await write(stderr, "\n");
    return line;
  }

  async #take(line: string): Promise<void> {
    const answer = await this.#options.answer(line);
    if (answer) {
      await this.#show(answer);
      return;
    }
    const split = splitWords(line);
    if ("problem" in split) await this.#complain(split.problem);
    else if (split.words.length > 0) await this.#runProgram(split.words);
  }

  /** The code goes to a terminal and nowhere else. */
  async #show({ text, challenge }: CommandAnswer): Promise<void> {
    const { stdout } = this.#options.streams;
    await write(stdout, `${text}\n`);
    if (challenge && stdout.isTTY === true) await write(stdout, `code: ${await challenge.reveal()}\n`);
  }

  async #runProgram(argv: readonly string[]): Promise<void> {
    if (this.#isEnded) return;
    this.#program = this.#options.run(argv);
    try {
      await this.#program.over;
    } finally {
      this.#program = undefined;
    }
  }

  #complain(problem: string): Promise<void> {
    return write(this.#options.streams.stderr, `flynn: ${problem}\n`);
  }

  #interrupt(): void {
    if (this.#program) this.#program.interrupt();
    else this.#end(EXIT.interrupted);
  }

  #end(status: number): void {
    this.#isEnded = true;
    this.#ended.resolve(status);
  }
}
