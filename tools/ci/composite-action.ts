import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";
import * as z from "zod";

const stepSchema = z.union([
  z.strictObject({ id: z.string(), shell: z.literal("bash"), env: z.record(z.string(), z.string()).default({}), run: z.string() }),
  z.strictObject({ uses: z.string(), with: z.record(z.string(), z.string()).optional() }),
]);

/** What of an `action.yml` is used here; what GitHub does not know is an error. */
const compositeActionSchema = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputs: z.record(
    z.string(),
    z.strictObject({ description: z.string(), default: z.string().optional(), required: z.boolean().optional() }),
  ),
  outputs: z.record(z.string(), z.strictObject({ description: z.string(), value: z.string() })),
  runs: z.strictObject({ using: z.literal("composite"), steps: z.array(stepSchema) }),
});
type CompositeAction = z.infer<typeof compositeActionSchema>;

export interface ActionRun {
  readonly status: number | null;
  readonly log: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

export function readAction(file: string): CompositeAction {
  return compositeActionSchema.parse(parse(readFileSync(file, "utf8")));
}

/** Runs the steps of an action as GitHub does: expressions filled in in `env`, each script in a bash of its own, files for outputs. */
export function runAction(
  action: CompositeAction,
  inputs: Readonly<Record<string, string>>,
  { cwd, environment, scratch }: { readonly cwd: string; readonly environment: NodeJS.ProcessEnv; readonly scratch: string },
): ActionRun {
  mkdirSync(scratch, { recursive: true });
  const summaryFile = emptyFile(scratch, "summary");
  const values = new Map(Object.entries(action.inputs).map(([name, input]) => [`inputs.${name}`, inputs[name] ?? input.default ?? ""]));
  let log = "";
  let status: number | null = 0;
  for (const step of action.runs.steps) {
    if (!("run" in step)) throw new Error(`The step uses ${step.uses}, which cannot be run here`);
    const outputFile = emptyFile(scratch, `${step.id}-outputs`);
    const script = join(scratch, `${step.id}.sh`);
    writeFileSync(script, step.run);
    const filled = Object.entries(step.env).map(([name, text]) => [name, fillIn(text, values)] as const);
    const env = { ...environment, ...Object.fromEntries(filled), GITHUB_OUTPUT: outputFile, GITHUB_STEP_SUMMARY: summaryFile };
    const child = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", script], { cwd, env, encoding: "utf8" });
    log += child.stdout + child.stderr;
    for (const line of readFileSync(outputFile, "utf8").split("\n").filter(Boolean)) {
      const [name = "", ...rest] = line.split("=");
      values.set(`steps.${step.id}.outputs.${name}`, rest.join("="));
    }
    status = child.status;
    if (status !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fillIn(value, values)] as const);
  return { status, log, summary: readFileSync(summaryFile, "utf8"), outputs: Object.fromEntries(outputs) };
}

function emptyFile(folder: string, name: string): string {
  const file = join(folder, name);
  writeFileSync(file, "");
  return file;
}

/** GitHub fills in nothing for what it does not know; here that is a mistake. */
function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{\{\s*([^\s}]+)\s*\}\}/gu, (_match, name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`Nothing has set ${name}`);
    return value;
  });
}
