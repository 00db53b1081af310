import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";

interface Interpreter {
  readonly names: RegExp;
  /** An option that brings the code with it, so that no script is read. */
  readonly inline?: RegExp;
  /** An option whose value is the next argument. */
  readonly valued?: RegExp;
}

const INTERPRETERS: readonly Interpreter[] = [
  {
    names: /^(sh|bash|dash|ash|zsh|mksh|ksh\d*)$/u,
    inline: /^-[a-zA-Z]*c[a-zA-Z]*$/u,
    valued: /^([-+][a-zA-Z]*[oO]|--rcfile|--init-file)$/u,
  },
  {
    names: /^(node|nodejs|deno|bun|tsx)$/u,
    inline: /^(-e|-p|-pe|--eval|--print)$/u,
    valued: /^(-[rCc]|--(require|import|loader|experimental-loader|env-file|preload|config|conditions))$/u,
  },
  { names: /^(python|pypy)[\d.]*$/u, inline: /^-[bBdEhiIOPqsSuvx]*[cm]/u, valued: /^-[WX]$/u },
  { names: /^(perl|lua)[\d.]*$/u, valued: /^-I$/u },
  { names: /^ruby[\d.]*$/u, valued: /^-[IC]$/u },
  { names: /^php[\d.]*$/u, inline: /^-[rBRE]$/u, valued: /^-[cd]$/u },
];

/** Programs that run the one among their arguments. */
const WRAPPERS = /^(env|nice|ionice|nohup|setsid|stdbuf|timeout|time|sudo|doas|xargs|chrt|busybox)$/u;

export type ScriptOperand =
  | { readonly kind: "none" }
  | { readonly kind: "script"; readonly path: string }
  /** A folder, a pipe or a device, which has no content to compare. */
  | { readonly kind: "unbound"; readonly path: string };

/**
 * The file that an interpreter is told to run: of the arguments that are no options, the first that exists. What a script reads
 * by itself is not looked for, nor is the interpreter that the first line of an executable names.
 */
export async function scriptOperand(names: readonly string[], argv: readonly string[], cwd: string): Promise<ScriptOperand> {
  const start = names.some((name) => WRAPPERS.test(basename(name))) ? argv.findIndex((word, at) => at > 0 && interpreterOf([word])) : 0;
  const interpreter = start > 0 ? interpreterOf([argv[start] ?? ""]) : interpreterOf(names);
  if (start < 0 || !interpreter) return { kind: "none" };
  for (const operand of operandsOf(argv.slice(start + 1), interpreter)) {
    const path = resolve(cwd, operand);
    const stats = await stat(path).catch(() => undefined);
    if (stats) return { kind: stats.isFile() ? "script" : "unbound", path };
  }
  return { kind: "none" };
}

function interpreterOf(names: readonly string[]): Interpreter | undefined {
  return INTERPRETERS.find((interpreter) => names.some((name) => interpreter.names.test(basename(name))));
}

function operandsOf(given: readonly string[], { inline, valued }: Interpreter): readonly string[] {
  const operands: string[] = [];
  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === "--") return [...operands, ...rest];
    // After an operand the options are those of the script.
    if (operands.length === 0 && inline?.test(argument)) return [];
    if (valued?.test(argument)) rest.shift();
    else if (argument !== "" && !/^[-+]/u.test(argument)) operands.push(argument);
  }
  return operands;
}
