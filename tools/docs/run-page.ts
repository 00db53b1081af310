import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type { PagePlace } from "./page-place.ts";
import type { PageStep } from "./page-plan.ts";

/** What hangs is ended and shows as a status that nobody asked for. */
const LONGEST_RUN_MS = 240_000;

/** Does what a page makes its reader do. Throws for the first step that goes otherwise, with the place on the page and the output. */
export async function runPage(page: string, steps: readonly PageStep[], place: PagePlace): Promise<void> {
  let output = "";
  for (const step of steps) {
    const at = `${page}:${step.line}`;
    if (step.kind === "file") await writeReaderFile(at, step, place);
    else if (step.kind === "output") expectLines(at, step.lines, output);
    else output = await runScript(at, step, place);
  }
}

async function writeReaderFile(at: string, step: Extract<PageStep, { kind: "file" }>, place: PagePlace): Promise<void> {
  const refusal = place.refusesFile(step.path);
  if (refusal !== undefined) throw new Error(`${at}: ${step.path} ${refusal}`);
  const target = join(place.folder, step.path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, step.text);
}

async function runScript(at: string, step: Extract<PageStep, { kind: "run" }>, { folder, environment }: PagePlace): Promise<string> {
  const child = spawn("bash", ["-euo", "pipefail", "-c", step.script], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    timeout: LONGEST_RUN_MS,
  });
  let output = "";
  const collect = (chunk: Buffer): void => {
    output += chunk.toString("utf8");
  };
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (status !== step.exit) throw new Error(`${at}: ended with ${status} and not with ${step.exit}:\n${step.script}\n${output}`);
  return output;
}

function expectLines(at: string, lines: readonly string[], output: string): void {
  let from = 0;
  for (const line of lines) {
    const pattern = new RegExp(
      line
        .split("…")
        .map((part) => escaped(part))
        .join("[^\\n]*"),
      "u",
    );
    const found = pattern.exec(output.slice(from));
    if (!found) throw new Error(`${at}: the run before it does not print this line (any more):\n${line}\nIt prints:\n${output}`);
    from += found.index + found[0].length;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/gu, String.raw`\$&`);
}
