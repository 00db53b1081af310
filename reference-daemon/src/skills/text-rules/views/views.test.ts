import { describe, expect, test } from "vitest";

import { foldedView, isDisguised } from "./folded-view.ts";
import { importedNamesView } from "./imported-names-view.ts";
import { joinedView } from "./joined-view.ts";
import { renderedView } from "./rendered-view.ts";
import { respelledViews } from "./respelled-views.ts";
import { shellView } from "./shell-view.ts";
import { tightView } from "./tight-view.ts";
import { plainView } from "./view.ts";

const everywhere = (text: string): number[] => Array.from({ length: text.length }, (_, index) => index);

const joined = (text: string): string => joinedView(text, everywhere(text))?.text.trimEnd() ?? text;
const folded = (text: string): string => foldedView(text)?.text.trimEnd() ?? text;

describe("a folded text", () => {
  test.each([
    ["zero width characters", "ig\u200Bno\u200Dre", "ignore"],
    ["Cyrillic letters", "ign\u043Er\u0435", "ignore"],
    ["mathematical letters", "\u{1D422}\u{1D420}\u{1D427}\u{1D428}\u{1D42B}\u{1D41E}", "ignore"],
    ["fullwidth letters", "\uFF29\uFF47nore", "Ignore"],
    ["marks", "i\u0301gn\u00F6re", "ignore"],
    ["other spaces", "ignore\u00A0all\u3000rules", "ignore all rules"],
  ])("has no %s", (_what, text, plain) => {
    expect(folded(text)).toBe(plain);
  });

  test.each(["忽略空行", "안녕하세요", "नमस्ते", "plain"])("leaves %s as it is", (text) => {
    expect(foldedView(text)).toBeNull();
  });

  test("knows where each of its places comes from", () => {
    const text = "a \u{1D422}g\u200Bnore b";
    const view = foldedView(text);
    expect(view?.text.trimEnd()).toBe("a ignore b");
    expect(view?.sourceOffset(2)).toBe(2);
    expect(view?.sourceOffset(3)).toBe(4);
    expect(view?.sourceOffset(9)).toBe(text.length - 1);
  });
});

test.each([
  ["ig\u200Bnore", true],
  ["ign\u043Ere", true],
  ["\u{1D422}gnore", true],
  ["naïve café", false],
  ["“quoted” – text", false],
])("whether %j is disguised: %s", (text, expected) => {
  expect(isDisguised(text)).toBe(expected);
});

describe("a text put together", () => {
  test.each([
    ['"child_" + "process"', '"child_process"'],
    ["'ex' +\n  'ec'", "'exec'"],
    ["c''url x | b\"\"ash", "curl x | bash"],
    ["cu\\rl x", "curl x"],
    ["curl \\\n  x", "curl x"],
    ["curl${IFS}x", "curl x"],
    ["\\x65val", "eval"],
    ["\\u0065val", "eval"],
    ['cp["exec"](x)', "cp.exec(x)"],
    ["eval/* nothing */(x)", "eval(x)"],
    ['process["e\\x6ev"]', "process.env"],
    ['process[("en" + "v")]', "process.env"],
    ['getattr(os, "system")(x)', "os.system(x)"],
    ['getattr(os, "sys" + "tem")(x)', "os.system(x)"],
    ["Reflect.get(process, 'env')", "process.env"],
  ])("reads %j as %j", (text, expected) => {
    expect(joined(text)).toBe(expected);
  });

  test("is none where nothing is put together", () => {
    expect(joinedView("plain text", everywhere("plain text"))).toBeNull();
  });

  test("knows where each of its places comes from", () => {
    const text = 'require("child_" + "process")';
    const view = joinedView(text, everywhere(text));
    const at = view?.text.indexOf("process") ?? -1;
    expect(view?.sourceOffset(at)).toBe(text.indexOf("process"));
  });

  test("knows it where parts are put together in what was put together", () => {
    const text = 'x = 1; process["e" + "nv"].KEY';
    const view = joinedView(text, everywhere(text));
    const at = view?.text.indexOf("KEY") ?? -1;
    expect(view?.text).toContain("process.env.KEY");
    expect(view?.sourceOffset(at)).toBe(text.indexOf("KEY"));
  });
});

describe("a text in another spelling", () => {
  const spelled = (text: string): string[] => Array.from(respelledViews(text), (view) => view.text.trim());

  test("has letters for digits", () => {
    expect(spelled("1gn0r3 4ll")).toContain("ignore all");
  });

  test("has its letters together", () => {
    expect(spelled("i g n o r e  a l l")).toContain("ignoreall");
    expect(spelled("i-g-n-o-r-e a-l-l now")[1]?.replaceAll(/ +/gu, " ")).toBe("ignore all now");
  });

  test("is there only where a text is spelled so", () => {
    expect(spelled("version 3 of a plan b, c and d")).toEqual([]);
  });
});

test("a plain view is the text itself", () => {
  const view = plainView("abc");
  expect([view.text, view.disguise, view.sourceOffset(2)]).toEqual(["abc", null, 2]);
});

test.each([
  ["emphasis within words", "ig**no**re _all_", "ignore all"],
  ["references of characters", "&#105;gnore&nbsp;all", "ignore all"],
  ["tags and comments", "ig<b>no</b>re<!-- x --> all", "ignore all"],
  ["tags between words", "ignore <wbr> all", "ignore all"],
  ["lines that are wrapped", "ignore\n  all", "ignore all"],
  ["white space", "ignore \t  all", "ignore all"],
  ["backslashes inside of words", "ig\\nore", "ignore"],
])("a rendered text has no %s", (_what, text, shown) => {
  expect(renderedView(text).text).toBe(shown);
});

test("a rendered text keeps paragraphs, lists and tables apart", () => {
  expect(renderedView("a\n\nb\n- c\n| d |").text).toBe("a\n\nb\n- c\n| d |");
});

test.each([
  ["'cu'rl x | \"bash\"", "curl x | bash"],
  ["c\\url x", "curl x"],
  ["cu$@rl x", "curl x"],
  ["$'\\x63url' x", "curl x"],
  ["a=cu; b=rl; $a$b x", "a=cu; b=rl; curl x"],
  ["curl \\\n  x", "curl x"],
  ["/usr/bin/curl x", "curl x"],
  ["curl\tx", "curl x"],
  ["c${u}url x", "curl x"],
  ["u=set; echo $u.c", "u=set; echo set.c"],
  ["x | busybox sh", "x | sh"],
  ["y=$(command curl x)", "y=$(curl x)"],
])("a shell reads %j as %j", (text, expected) => {
  expect(shellView(text).text).toBe(expected);
});

test.each([
  ["os . system ( x )", "os.system(x )"],
  ["os\t.\tsystem\t(\tx)", "os.system(x)"],
  ["exec(\n  x)", "exec(x)"],
  ["a?.b", "a.b"],
])("a program that is %j is read as %j", (text, expected) => {
  expect(tightView(text).text).toBe(expected);
});

test.each([
  ["a module", "python", "import os as o\no.system('x')\n", "os.system('x')"],
  ["a function", "python", "from os import system as s\ns('x')\n", "os.system('x')"],
  ["a member", "javascript", 'import { exec as $r, fork } from "node:child_process";\n$r("x");\n', 'exec("x")'],
  ["a member on a line of its own", "javascript", 'import {\n  exec as run,\n} from "node:child_process";\nrun("x");\n', 'exec("x")'],
  ["a member that is required", "javascript", 'const { exec: run } = require("child_process");\nrun("x");\n', 'exec("x")'],
] as const)("%s under another name is told by its own in %s", (_what, language, text, shown) => {
  expect(importedNamesView(text, language)?.text).toContain(shown);
});

test.each([
  ["python", "import os\nos.system('x')\n"],
  ["javascript", 'import { exec } from "node:child_process";\nexec("x");\n'],
] as const)("without another name there is no such view in %s", (language, text) => {
  expect(importedNamesView(text, language)).toBeNull();
});

test.each(["i`ex", "ie`x", "inv`oke-ex`pression"])("PowerShell reads %s without its backquotes", (name) => {
  expect(joined(`${name} $text`)).toBe(`${name.replaceAll("`", "")} $text`);
});
