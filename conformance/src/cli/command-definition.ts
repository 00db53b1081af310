import type { Command } from "commander";

/** What the definition of a command is given beside the program that it adds itself to. */
export interface CommandSurroundings {
  /** The words after the first `--`, which start a subject. */
  readonly subjectCommand: readonly string[] | undefined;
  /** Says how the command ended. A command that says nothing ended with 0. */
  readonly exit: (code: number) => void;
}

/** Adds one command to the program. It loads what the command needs only when the command is run, so that `--help` stays quick. */
export type CommandDefinition = (program: Command, surroundings: CommandSurroundings) => void;
