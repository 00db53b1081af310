import { fileRewrite, isWholeIn } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

const SHORT = ["a", "q", "tmp", "x1", "helper", "config", "data2", "theme", "_", "pattern", "example"];
const isPython = isWholeIn("python");
const isJavaScript = isWholeIn("javascript");
const isShell = isWholeIn("shell");

/** Other names for what a program names itself, and for what it imports. */
export const nameRewrites: readonly Rewrite[] = [
  fileRewrite("rename-python", "other names for variables and functions", isPython, (text, choices) =>
    renamed(
      text,
      declared(
        text,
        /^\s*(?:def\s+)?([a-z_][a-z0-9_]{2,})(?=\s*(?:=(?!=)|\())(?<!print|open|exec|eval)/gmu,
        /^\s*(?:def\s+[a-z_]\w*\s*\(|[a-z_]\w*\s*=(?!=))/u,
      ),
      choices.integer(50),
    ),
  ),
  fileRewrite("rename-javascript", "other names for variables and functions", isJavaScript, (text, choices) =>
    renamed(
      text,
      [...text.matchAll(/\b(?:const|let|var|function)\s+([a-zA-Z_$][\w$]{1,})/gu)].map(([, name = ""]) => name),
      choices.integer(50),
    ),
  ),
  fileRewrite("rename-shell", "other names for variables", isShell, (text, choices) =>
    renamed(
      text,
      [...text.matchAll(/^\s*([a-z_][a-z0-9_]+)=/gmu)].map(([, name = ""]) => name),
      choices.integer(50),
    ),
  ),
  fileRewrite("alias-python", "imports under another name", isPython, (text, choices) => {
    const alias = choices.pick(["m", "lib", "tool", "json2", "h"]);
    const modules = [...text.matchAll(/^import ([a-z_0-9]+)$/gmu)].map(([, name = ""]) => name);
    const aliased = modules.reduce(
      (changed, name, index) =>
        changed
          .replace(new RegExp(`^import ${name}$`, "mu"), `import ${name} as ${alias}${index}`)
          .replaceAll(new RegExp(`(?<![\\w."'])${name}\\.(?=\\w)`, "gu"), `${alias}${index}.`),
      text,
    );
    return aliased;
  }),
  fileRewrite("from-import-python", "functions imported by name, under another one", isPython, (text, choices) => {
    const alias = choices.pick(["go", "f", "handle", "step"]);
    const uses = [
      ...new Set(
        [...text.matchAll(/\b(os|subprocess|requests|socket|shutil|base64|pickle|marshal)\.([a-z_0-9]+)(?=\()/gu)].map(([use]) => use),
      ),
    ];
    const imports = uses.map((use, index) => `from ${use.split(".")[0]} import ${use.split(".")[1]} as ${alias}${index}`);
    const body = uses.reduce((changed, use, index) => changed.replaceAll(`${use}(`, `${alias}${index}(`), text);
    return uses.length === 0 ? null : withImports(body, imports);
  }),
  fileRewrite("dynamic-import-python", "modules by __import__", isPython, (text, choices) => {
    const isLoaded = choices.isChosen(0.5);
    return text.replaceAll(/^import ([a-z_0-9]+)$/gmu, (_line, name: string) =>
      isLoaded
        ? `${name} = __import__("${name}")`
        : `import importlib; ${name} = importlib.import_module("${name.slice(0, 2)}" + "${name.slice(2)}")`,
    );
  }),
  fileRewrite("alias-javascript", "imports under another name", isJavaScript, (text, choices) => {
    const alias = choices.pick(["go", "f", "handle", "step"]);
    let changed = text;
    for (const [index, [line, list = ""]] of [...text.matchAll(/\bimport \{([^}]+)\} from/gu)].entries()) {
      const names = list
        .split(",")
        .map((name) => name.trim())
        .filter((name) => /^\w+$/u.test(name));
      changed = changed.replace(line, `import { ${names.map((name, at) => `${name} as ${alias}${index}${at}`).join(", ")} } from`);
      for (const [at, name] of names.entries())
        changed = changed.replaceAll(new RegExp(`(?<![\\w."'])${name}(?=\\()`, "gu"), `${alias}${index}${at}`);
    }
    return changed;
  }),
  fileRewrite("dynamic-import-javascript", "modules by import() or require", isJavaScript, (text, choices) => {
    const isSplit = choices.isChosen(0.5);
    return text.replaceAll(/^import (\w+|\{[^}]+\}) from "([^"]+)";$/gmu, (_line, names: string, module: string) => {
      const bindings = names.startsWith("{") ? names.replaceAll(" as ", ": ") : `{ default: ${names} }`;
      return `const ${bindings} = await import(${isSplit ? `"${module.slice(0, 7)}" + "${module.slice(7)}"` : `"${module}"`});`;
    });
  }),
];

/** Functions that are not the file's own are not renamed. */
function declared(text: string, names: RegExp, line: RegExp): string[] {
  return [...text.matchAll(names)]
    .filter(({ index }) => line.test(text.slice(text.lastIndexOf("\n", index) + 1).split("\n")[0] ?? ""))
    .map(([, name = ""]) => name);
}

function withImports(text: string, imports: readonly string[]): string {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => /^(?:import|from) /u.test(line));
  return [...lines.slice(0, Math.max(0, at)), ...imports, ...lines.slice(Math.max(0, at))].join("\n");
}

/** A name is left alone where another use of the same letters would change too: a member, a keyword argument, a key, a string. */
function renamed(text: string, names: readonly string[], from: number): string | null {
  let changed = text;
  let index = from;
  for (const name of new Set(names)) {
    const word = name.replaceAll("$", "\\$");
    const isShared = new RegExp(
      `(?:\\.|["'\`])${word}\\b|\\b${word}\\s*:|[{,]\\s*${word}\\s*[,}]|[(,]\\s*${word}\\s*=[^=]|\\b${word}["'\`]`,
      "u",
    ).test(text);
    if (isShared || name.length < 2) continue;
    const other = `${SHORT[index % SHORT.length]}${Math.floor(index / SHORT.length)}`;
    changed = changed.replaceAll(new RegExp(`(?<![\\w$])${word}(?![\\w$])|(?<=\\$)${word}(?![\\w$])`, "gu"), other);
    index += 1;
  }
  return changed;
}
