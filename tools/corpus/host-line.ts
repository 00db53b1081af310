import { availableParallelism } from "node:os";
import process from "node:process";

/** The kind of machine, and not which one. */
export function hostLine(): string {
  return `${process.platform} ${process.arch}, ${availableParallelism()} cores, Node ${process.version}`;
}
