import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const WORDS =
  "the skill reads a file and writes its summary when users ask for one it needs no network access keep each answer short and name what was changed run the script with the folder as its only argument".split(
    " ",
  );

/** Text that differs from file to file and is the same in every run. */
class Writer {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }

  sentence(): string {
    const words = Array.from({ length: 6 + this.below(12) }, () => WORDS[this.below(WORDS.length)] ?? "a");
    return `${words.join(" ")}.`;
  }

  lines(bytes: number, line: (writer: Writer, index: number) => string): string {
    const written: string[] = [];
    for (let length = 0; length < bytes; length += (written.at(-1)?.length ?? 0) + 1) written.push(line(this, written.length));
    return `${written.join("\n")}\n`;
  }
}

const prose = (writer: Writer): string => writer.sentence();
const script = (writer: Writer, index: number): string => `const value${index} = compute(${writer.below(1_000)}, "${writer.sentence()}");`;

/** Skills of the size that published ones have: a SKILL.md, one reference, and three small scripts. */
export function writeSkills(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const writer = new Writer(index + 1);
    const head = `---\nname: skill-${index}\ndescription: ${writer.sentence()}\n---\n\n# Skill ${index}\n\n`;
    writeAll(join(folder, `skill-${index}`), {
      "SKILL.md": head + writer.lines(3_000 + writer.below(6_000), prose),
      "references/guide.md": writer.lines(2_000 + writer.below(4_000), prose),
      "scripts/run.sh": `#!/bin/sh\nset -eu\n${writer.lines(500, (line) => `echo "${line.sentence()}"`)}`,
      "scripts/tool.py": writer.lines(1_500, (line, at) => `value_${at} = "${line.sentence()}"`),
      "scripts/tool.js": writer.lines(2_000 + writer.below(3_000), script),
    });
  }
}

/** One skill with as many bytes and files as a request may have by default, or a share of them. */
export function writeLargeSkill(folder: string, files: number, bytes: number): void {
  const writer = new Writer(files);
  const each = Math.floor(bytes / files);
  const head = `---\nname: large\ndescription: ${writer.sentence()}\n---\n`;
  const texts: Record<string, string> = { "SKILL.md": head };
  for (let index = 1; index < files; index += 1) {
    texts[`part-${index % 20}/file-${index}.js`] = writer.lines(each, script).slice(0, each);
  }
  writeAll(folder, texts);
}

/** Skills that are nearly all program: what a scanner of JavaScript is made for. */
export function writeScriptSkills(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    const writer = new Writer(index + 1);
    const texts: Record<string, string> = { "SKILL.md": `---\nname: script-${index}\ndescription: ${writer.sentence()}\n---\n` };
    for (let file = 0; file < 20; file += 1) texts[`src/file-${file}.js`] = writer.lines(10_000 + writer.below(20_000), script);
    writeAll(join(folder, `skill-${index}`), texts);
  }
}

/** Many files of little text each, as many in a skill as a request may have by default. */
export function writeFullSkills(folder: string, skills: number, filesInEach: number): void {
  for (let index = 0; index < skills; index += 1) {
    const writer = new Writer(index + 1);
    const texts: Record<string, string> = { "SKILL.md": `---\nname: full-${index}\ndescription: ${writer.sentence()}\n---\n` };
    for (let file = 1; file < filesInEach; file += 1) texts[`part-${file % 20}/file-${file}.md`] = writer.lines(600, prose);
    writeAll(join(folder, `skill-${index}`), texts);
  }
}

function writeAll(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
