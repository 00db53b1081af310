import { codeBlocksOf } from "./markdown.ts";
import type { CodeBlock } from "./markdown.ts";

/** One thing that a page makes its reader do, in order. */
export type PageStep =
  | { readonly kind: "file"; readonly line: number; readonly path: string; readonly text: string }
  | { readonly kind: "run"; readonly line: number; readonly script: string; readonly exit: number }
  | { readonly kind: "output"; readonly line: number; readonly lines: readonly string[] };

/** Languages whose blocks are there to be read. */
const READ_ONLY = ["text", "json"];

/**
 * What the fenced blocks of a page say, by what stands after the language:
 *
 * - `file=my-scanner.ts`: the reader writes this file
 * - `run`, `run exit=1 prints="not conformant"`: the reader runs this; it ends with that status (0 unless said) and prints that
 * - `output`: lines that the run before it prints, in this order; `…` stands for anything
 * - `no-run="reason"`: shown only, and why
 *
 * `text` and `json` need none of them. A block that says nothing is an error, so that no example can rot unseen.
 */
export function planOf(page: string, markdown: string): readonly PageStep[] {
  return codeBlocksOf(markdown).flatMap((block) => stepOf(page, block));
}

function stepOf(page: string, block: CodeBlock): PageStep[] {
  const options = optionsOf(block.info);
  const { line, text } = block;
  const at = `${page}:${line}`;
  const unknown = [...options.keys()].filter((option) => !["file", "run", "exit", "prints", "output", "no-run"].includes(option));
  if (unknown.length > 0) throw new Error(`${at}: the block says ${unknown.join(", ")}, which means nothing`);
  const path = options.get("file");
  if (path !== undefined) return [{ kind: "file", line, path, text }];
  if (options.has("run")) return runSteps(line, text, options);
  if (options.has("output")) return [{ kind: "output", line, lines: text.split("\n").filter((inner) => inner.trim() !== "") }];
  if (options.has("no-run") && (options.get("no-run") ?? "") === "")
    throw new Error(`${at}: say why the block is not run, as in no-run="needs a server"`);
  if (options.has("no-run") || READ_ONLY.includes(block.language)) return [];
  throw new Error(
    `${at}: a block of ${block.language || "no language"} is neither run nor marked; add file=, run, output or no-run="reason"`,
  );
}

function runSteps(line: number, script: string, options: ReadonlyMap<string, string>): PageStep[] {
  const run: PageStep = { kind: "run", line, script, exit: Number(options.get("exit") ?? "0") };
  const prints = options.get("prints");
  return prints === undefined ? [run] : [run, { kind: "output", line, lines: [prints] }];
}

function optionsOf(info: string): ReadonlyMap<string, string> {
  const options = info.matchAll(/([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/gu);
  return new Map(Array.from(options, ([, name = "", quoted, plain]) => [name, quoted ?? plain ?? ""]));
}
