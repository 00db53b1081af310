/** The doc comments of one source file by the path of what they stand before, such as `scanRequestSchema.intent.routed`. */
export type SourceProse = ReadonlyMap<string, string>;

interface Level {
  readonly indent: number;
  readonly name: string;
}

const DECLARATION = /^export (?:const|interface|type|class|function) (\w+)/u;
const MEMBER = /^(\s+)(?:readonly |get |async )?\*?["']?(?!z\.)([\w$][\w$.-]*)["']?\??\s*[:(<]/u;

/**
 * Reads the doc comments of a file that oxfmt has laid out: what a line belongs to can be told from its indentation. The
 * comments stay in the sources, where an editor shows them, and the generated pages say the same words.
 */
export function sourceProse(text: string): SourceProse {
  const prose = new Map<string, string>();
  const levels: Level[] = [];
  let comment: string[] | undefined;
  let isInside = false;
  for (const line of text.split("\n")) {
    const trimmed = line.trim();
    if (!isInside && trimmed.startsWith("/**")) comment = [];
    if (!isInside && comment !== undefined && !trimmed.startsWith("/**")) {
      const level = levelOf(line);
      if (level) record(prose, levels, level, comment);
      comment = undefined;
    } else if (isInside || trimmed.startsWith("/**")) {
      comment?.push(
        trimmed
          .replace(/^\/\*\*\s?/u, "")
          .replace(/\s*\*\/$/u, "")
          .replace(/^\*\s?/u, ""),
      );
      isInside = !trimmed.endsWith("*/");
    } else {
      const level = levelOf(line);
      if (level) enter(levels, level);
    }
  }
  return prose;
}

function levelOf(line: string): Level | undefined {
  const declaration = DECLARATION.exec(line);
  if (declaration?.[1]) return { indent: 0, name: declaration[1] };
  const member = MEMBER.exec(line);
  return member?.[1] !== undefined && member[2] !== undefined ? { indent: member[1].length, name: member[2] } : undefined;
}

function record(prose: Map<string, string>, levels: Level[], level: Level, comment: readonly string[]): void {
  enter(levels, level);
  prose.set(levels.map(({ name }) => name).join("."), asMarkdown(comment));
}

function enter(levels: Level[], level: Level): void {
  while ((levels.at(-1)?.indent ?? -1) >= level.indent) levels.pop();
  levels.push(level);
}

/** Lines of one paragraph are joined; lists and paragraphs stay apart. */
function asMarkdown(lines: readonly string[]): string {
  const text = lines.join("\n").replace(/\{@link (\w+)(?:\.(\w+))?\}/gu, (_link, name: string, member?: string) => `\`${member ?? name}\``);
  return text.replace(/([^\n])\n(?!\n|- )/gu, "$1 ").trim();
}
