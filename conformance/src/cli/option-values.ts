import { InvalidArgumentError, Option } from "commander";

/** For options that can be given again. */
export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

export function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}

/** How a module is run; a command always runs over stdio. */
export function moduleDriverOption(): Option {
  return new Option("--driver <name>", "how to run a module").choices(["child", "in-process"]).default("child");
}
