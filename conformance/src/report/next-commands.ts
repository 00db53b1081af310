import { printable } from "./printable.ts";

/** Commands to go on with, each on a line that can be copied, and what it is for. */
export function nextCommands(commands: readonly (readonly [command: string, purpose: string])[]): readonly string[] {
  const width = Math.max(...commands.map(([command]) => command.length)) + 3;
  return ["next:", ...commands.map(([command, purpose]) => `    ${printable(command).padEnd(width)}${purpose}`)];
}
