import { deflateSync } from "node:zlib";

import type { Choices } from "../choices.ts";
import { fileRewrite, isWholeIn, passageRewrite } from "../rewrite.ts";
import type { Rewrite } from "../rewrite.ts";

type Wrap = (text: string) => string;

/** Apart, so that nobody takes what is written here for imports of this file. */
const IMPORT = "import";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hex = (text: string): string => Buffer.from(text).toString("hex");
const percent = (text: string): string => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
const codes = (text: string): string => [...Buffer.from(text)].join(", ");
const reversed = (text: string): string => Array.from(text).toReversed().join("");
const inPieces = (text: string, length: number): string[] => text.match(new RegExp(`[^]{1,${length}}`, "gu")) ?? [];

const PYTHON: Readonly<Record<string, Wrap>> = {
  base64: (text) => `import base64\nexec(base64.b64decode("${base64(text)}"))\n`,
  hex: (text) => `exec(bytes.fromhex("${hex(text)}").decode())\n`,
  percent: (text) => `from urllib.parse import unquote\nexec(unquote("${percent(text)}"))\n`,
  codes: (text) => `exec("".join(map(chr, [${codes(text)}])))\n`,
  zlib: (text) => `import base64, zlib\nexec(zlib.decompress(base64.b64decode("${deflateSync(text).toString("base64")}")))\n`,
  pieces: (text) =>
    `import base64\nparts = [${inPieces(base64(text), 12)
      .map((piece) => `"${piece}"`)
      .join(", ")}]\nexec(base64.b64decode("".join(parts)))\n`,
  file: (text) =>
    `import base64, pathlib, runpy\npathlib.Path("/tmp/step.py").write_bytes(base64.b64decode("${base64(text)}"))\nrunpy.run_path("/tmp/step.py")\n`,
  compile: (text) =>
    `import base64, types\nstep = types.FunctionType(compile(base64.b64decode("${base64(text)}"), "step", "exec"), globals())\nstep()\n`,
  reversed: (text) => `import base64\nexec(base64.b64decode("${reversed(base64(text))}"[::-1]))\n`,
};

const JAVASCRIPT: Readonly<Record<string, Wrap>> = {
  base64: (text) => `await ${IMPORT}("data:text/javascript;base64,${base64(text)}");\n`,
  hex: (text) => `eval(Buffer.from("${hex(text)}", "hex").toString());\n`,
  percent: (text) => `await ${IMPORT}("data:text/javascript," + "${percent(text)}");\n`,
  codes: (text) => `new Function(String.fromCharCode(${codes(text)}))();\n`,
  atob: (text) => `const step = atob("${base64(text)}");\n(0, eval)(step);\n`,
  pieces: (text) =>
    `const parts = [${inPieces(base64(text), 12)
      .map((piece) => `"${piece}"`)
      .join(", ")}];\nawait ${IMPORT}("data:text/javascript;base64," + parts.join(""));\n`,
  file: (text) =>
    `import { writeFileSync } from "node:fs";\nwriteFileSync("/tmp/step.mjs", Buffer.from("${base64(text)}", "base64"));\nawait ${IMPORT}("/tmp/step.mjs");\n`,
};

const SHELL: Readonly<Record<string, Wrap>> = {
  base64: (text) => `#!/bin/sh\necho ${base64(text)} | base64 -d | sh -s -- "$@"\n`,
  hex: (text) => `#!/bin/sh\necho ${hex(text)} | xxd -r -p | sh -s -- "$@"\n`,
  evaluated: (text) => `#!/bin/sh\neval "$(echo ${base64(text)} | base64 --decode)"\n`,
  here: (text) => `#!/bin/bash\nbash <<< "$(base64 -d <<< ${base64(text)})"\n`,
  printf: (text) =>
    `#!/bin/sh\nprintf '${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, "0")}`).join("")}' | sh -s -- "$@"\n`,
  octal: (text) =>
    `#!/bin/sh\nprintf '${[...Buffer.from(text)].map((byte) => `\\${byte.toString(8).padStart(3, "0")}`).join("")}' | sh -s -- "$@"\n`,
  pieces: (text) => {
    const pieces = inPieces(base64(text), 12);
    return `#!/bin/sh\n${pieces.map((piece, index) => `p${index}=${piece}`).join("\n")}\necho "${pieces.map((_, index) => `$p${index}`).join("")}" | base64 -d | sh -s -- "$@"\n`;
  },
  file: (text) => `#!/bin/sh\nbase64 -d > /tmp/step << 'END'\n${inPieces(base64(text), 76).join("\n")}\nEND\nsh /tmp/step "$@"\n`,
  openssl: (text) => `#!/bin/sh\necho ${base64(text)} | openssl base64 -d -A | sh -s -- "$@"\n`,
  python: (text) => `#!/bin/sh\npython3 -c "import base64; print(base64.b64decode('${base64(text)}').decode())" | sh -s -- "$@"\n`,
  reversed: (text) => `#!/bin/sh\necho ${reversed(base64(text))} | rev | base64 -d | sh -s -- "$@"\n`,
};

/** The whole of a file, or a line of a shell, encoded, with what decodes and runs it next to it. */
export const wrappedCodeRewrites: readonly Rewrite[] = [
  ...wholeFiles("python", PYTHON),
  ...wholeFiles("javascript", JAVASCRIPT),
  ...wholeFiles("shell", SHELL),
  passageRewrite("shell-line-base64", "a line in base64 that is decoded and run", ["shell"], (lines, choices) => {
    const isBlock = lines.some((line) =>
      /\b(?:if|then|else|fi|for|do|done|case|esac|while|function)\b|<<|[\\{}]$|^\s*[)}]|^#!/u.test(line),
    );
    return isBlock ? null : lines.map((line) => wrappedLine(line, choices));
  }),
];

/** What only a module may say is said in a module only. */
const FOR_SCRIPTS = ["hex", "codes", "atob"];

function wholeFiles(language: "python" | "javascript" | "shell", wraps: Readonly<Record<string, Wrap>>): Rewrite[] {
  const isWhole = isWholeIn(language);
  return Object.entries(wraps).map(([name, wrap]) =>
    fileRewrite(`${language}-wrapped-${name}`, `the file encoded, and decoded when it runs (${name})`, isWhole, (text) => {
      const isModule = language === "javascript" && /^(?:import|export)\b|\bawait\b/mu.test(text);
      return isModule && FOR_SCRIPTS.includes(name) ? null : wrap(text);
    }),
  );
}

function wrappedLine(line: string, choices: Choices): string {
  const [, indent = "", command = ""] = /^(\s*)(.*)$/u.exec(line) ?? [];
  if (command === "" || command.startsWith("#")) return line;
  const way = choices.integer(4);
  if (way === 0) return `${indent}echo ${base64(command)} | base64 -d | sh`;
  if (way === 1) return `${indent}sh -c "$(printf %s ${base64(command)} | base64 --decode)"`;
  if (way === 2) return `${indent}. <(echo ${hex(command)} | xxd -p -r)`;
  return `${indent}eval "$(printf '${[...Buffer.from(command)].map((byte) => `\\x${byte.toString(16)}`).join("")}')"`;
}
