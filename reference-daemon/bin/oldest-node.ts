import process from "node:process";

/** Major and minor, as `engines` in package.json says, which a test compares. */
export const OLDEST_NODE = [22, 22] as const;

/**
 * What to say where the Node that runs this is too old; undefined where it is not. It is asked before anything else is loaded,
 * because an old Node fails on the first module that uses something new, with a stack that says nothing of versions.
 */
export function nodeProblem(command: string, running = process.versions.node): string | undefined {
  const [major = 0, minor = 0] = running.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `${command} needs Node ${OLDEST_NODE.join(".")} or later, and this is ${running}. Install a newer Node and run it again.\n`;
}
