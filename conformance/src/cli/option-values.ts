import { InvalidArgumentError } from "commander";

/** For options that can be given again. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}
