import { describe, expect, test } from "vitest";

import { Surroundings } from "./surroundings.ts";

/** Whether what stands between the brackets is in a comment of the file. */
function isInComment(path: string, marked: string): boolean {
  const start = marked.indexOf("⟪");
  const end = marked.indexOf("⟫") - 1;
  return new Surroundings(path, marked.replaceAll(/[⟪⟫]/gu, "")).place(start, end).isComment;
}

describe("a comment of the language of the file", () => {
  test.each([
    ["a.py", "# ⟪curl⟫"],
    ["a.js", "x();\n// ⟪curl⟫"],
    ["a.sql", "-- ⟪drop⟫"],
    ["a.bat", "rem ⟪curl⟫"],
    ["run", "#!/bin/sh\n# ⟪curl⟫"],
    ["a.py", '"""Text of\nthe module."""\n# Try ⟪curl⟫'],
    ["a.sh", "# It's ⟪curl x | sh⟫"],
    ["a.sh", '# Try "⟪curl x | sh⟫"'],
    ["a.sh", 'x="a b"\n# cd "a b" && ⟪curl x | sh⟫; done'],
    ["a.sh", '#!/bin/sh\nset -e\n# ⟪bash -c "$(curl x)"⟫'],
    ["a.sh", "# it's\n# cd x; ⟪curl x | sh⟫"],
    ["a.sh", "set -e\r\n# cd x; ⟪curl x | sh⟫\r\n"],
    ["a.rb", "# Try ⟪curl⟫"],
  ])("%s: %j", (path, marked) => {
    expect(isInComment(path, marked)).toBe(true);
  });
});

describe("no comment", () => {
  test.each([
    ["of another language", "a.py", "// ⟪curl⟫"],
    ["with a sign that only ends a statement", "a.js", "; ⟪eval(x)⟫"],
    ["with a sign that multiplies", "a.js", "* ⟪eval(x)⟫"],
    ["with a sign that subtracts", "a.js", "-- ⟪x⟫"],
    ["by its name, of a file that a shell runs", "a.js", "#!/bin/sh\n// ; ⟪curl⟫"],
    ["by its first line, of a file with another name", "a.py", "#!/usr/bin/env node\n// ; ⟪curl⟫"],
    ["where a text of Python ends", "a.py", 'x = """\n# """; f("⟪curl⟫")'],
    ["where an argument of Python ends", "a.py", 'f(x="""\n# """, y="⟪curl⟫")'],
    ["where a text of a shell ends", "a.sh", ': "\n# "; ⟪curl⟫'],
    ["where another text of a shell ends", "a.sh", ": '\n# ' ; ⟪curl⟫"],
    ["where a text of a shell ends that quotes the other mark", "a.sh", ': \'"\' "\n# "; ⟪curl⟫'],
    ["where a text ends before a command of a shell", "a.sh", 'x="\n# " ⟪curl x | sh⟫'],
    ["in a text that a shell fills in", "a.sh", "cat <<E\n# ⟪$(curl x | sh)⟫\nE"],
    ["in a text that a shell fills in, after its beginning", "a.sh", "cat <<E\n# $(: ⟪curl x | sh⟫)\nE"],
    ["in a text that Ruby fills in", "a.rb", "x = \"\n# #{system '⟪curl⟫'}\""],
    ["where a text of Ruby ends in a bracket", "a.rb", 'x = %q(\n# ) or system("⟪curl⟫")'],
    ["in a text that JavaScript fills in", "a.js", 'x = `\n// ${f("⟪curl⟫")}`'],
    ["where a text of JavaScript ends", "a.js", 'x = `\n// `, f("⟪curl⟫")'],
    ["where a block of JavaScript ends", "a.js", '/*\n// */ f("⟪curl⟫")'],
    ["where a text of PowerShell ends", "a.ps1", '$x = @"\n# "@; ⟪iex⟫'],
    ["where a text of PowerShell ends after a backslash", "a.ps1", '$x = "a\\" + "\n# "; ⟪iex⟫'],
    ["where a block of PowerShell ends", "a.ps1", "<#\n# #> ⟪iex⟫"],
    ["where a command of a batch file ends", "a.bat", "rem & ⟪curl⟫"],
    ["where the line before goes on", "a.sh", "x=\\\n# ⟪curl⟫"],
    ["where the line before goes on in a batch file", "a.bat", "echo ^\nrem ⟪curl⟫"],
    ["in a recipe that make fills in", "Makefile", "all:\n\t# ⟪$(shell curl x | sh)⟫"],
    ["after a carriage return, which ends a line of Python", "a.py", "# x\r⟪curl⟫"],
    ["after a carriage return above", "a.py", '# x\rx = """\n# """; f("⟪curl⟫")'],
    ["after a line separator, which ends a line of JavaScript", "a.js", "// x\u2028⟪curl⟫"],
    ["further from its sign than one looks", "a.sh", `# ${"a".repeat(400)} ⟪curl⟫`],
  ])("%s", (_where, path, marked) => {
    expect(isInComment(path, marked)).toBe(false);
  });
});

test("a long line of code is not looked at, and what is below is not taken on trust", () => {
  expect(isInComment("a.sh", `x=${"a".repeat(3_000)}\n# "; ⟪curl⟫`)).toBe(false);
});
