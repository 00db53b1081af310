import { printable } from "./printable.ts";
import type { Style } from "./style.ts";

const LABEL_WIDTH = 10;

/** One member of a failure, indented below its first line. */
export function label(name: string, text: string, style: Style): string {
  const [first = "", ...rest] = printable(text).split("\n");
  const indent = " ".repeat(4 + LABEL_WIDTH);
  return [`    ${style.dim(name.padEnd(LABEL_WIDTH))}${first}`, ...rest.map((line) => `${indent}${line}`)].join("\n");
}
