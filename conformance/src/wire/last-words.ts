const LINES = 6;
const CHARACTERS = 1_000;

/** `TypeError: …`, as Node writes it above a stack and Python below one. */
const HEADING = /^(?:Uncaught )?[\w.$]*(?:Error|Exception)\b[^:]*: /u;

/** The end of what a process wrote to stderr, from its last error on where a stack has pushed that up. */
export function lastWords(stderr: string): string {
  const lines = stderr.trim().split("\n");
  const heading = lines.findLastIndex((line) => HEADING.test(line));
  const end = Math.max(0, lines.length - LINES);
  const start = heading === -1 ? end : Math.min(heading, end);
  const words = lines
    .slice(start, start + LINES)
    .join("\n")
    .trim();
  return heading === -1 ? words.slice(-CHARACTERS) : words.slice(0, CHARACTERS);
}
