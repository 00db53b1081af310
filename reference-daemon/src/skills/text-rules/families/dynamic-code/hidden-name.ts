import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, inCode } from "./family.ts";

export const hiddenName = defineTextRule({
  ...family,
  id: "CODE-HIDDEN-NAME",
  severity: "high",
  reasonCode: "suspicious.obfuscated_code",
  summary: "A program reaches the system in a roundabout way.",
  why: "The call does not stand in the program, so that neither a reviewer nor a search finds it.",
  fix: "Write the import and the call in full.",
  example: {
    path: "scripts/run.js",
    caught: 'const cp = requ{gap}ire("chi{gap}ld_" + "pro{gap}cess");\n',
    instead: 'import { execFile } from "node:child_process";\n',
  },
  triggers: [
    {
      anchors: [":1}${"],
      behind: 24,
      pattern: /(?:\$\{\w{1,20}:\d{1,3}:1\}){3,20}/gu,
      judge: ({ place }) =>
        place.kind === "script" || place.isInFence ? { action: "reject", what: "A command is put together from single letters" } : null,
    },
    {
      anchors: ["-f '", '-f "', "-f'", '-f"', "(get-command $", "(gcm $", "& ('", '& ("', "&('", '&("', ". ('"],
      behind: 60,
      pattern:
        /(?:["'](?:\{\d\}){2,12}["']\s{0,3}-f\s{0,3}["'][\w-]{1,20}["']\s{0,3},|[&.]\s{0,3}\(\s{0,3}(?:Get-Command|gcm)\s{1,3}\$\w{1,20}\s{0,3}\)|[&.]\s{0,3}\(\s{0,3}["'][\w-]{1,12}["']\s{0,3}\+\s{0,3}["'])/giu,
      judge: ({ place }) =>
        place.kind === "script" || place.isInFence ? { action: "reject", what: "The name of a command is written in pieces" } : null,
    },
    {
      anchors: ["@exec", "@eval", "@compile", "@__import__", "@os.system", "@os.popen"],
      pattern: /(?<=(?:^|\n)[ \t]{0,40})@(?:exec|eval|compile|__import__|os\.(?:system|popen))(?=[ \t]{0,8}(?:\r?\n|\())/uy,
      judge: ({ place }) =>
        place.kind === "script" || place.isInFence ? { action: "reject", what: "A decorator runs what it decorates" } : null,
    },
    {
      anchors: ["coding: ", "coding:", "coding="],
      subject: "bytes",
      pattern:
        /coding[:=]\s{0,3}(?:utf[-_]?7|utf[-_]?(?:16|32)\w{0,4}|rot[-_]?13|(?:raw[-_])?unicode[-_]escape|punycode|idna|base64|hex|zlib|bz2|uu|quopri)\b/iuy,
      judge: ({ text, start, place }) =>
        place.kind === "script" && text.slice(0, start).split("\n").length <= 2 && /^[ \t\f]*#/u.test(place.linePrefix)
          ? { action: "reject", what: "The program is read in an encoding in which its comments may be code" }
          : null,
    },
    {
      anchors: ["gcm ", "get-command ", "] -join", "]-join"],
      behind: 60,
      pattern:
        /[&.]\s{0,3}\(\s{0,3}(?:(?:gcm|Get-Command)\s{1,3}["']?[\w-]{0,12}[*?][\w*?-]{0,16}|\$\{?[\w:\x60]{1,40}\}?\s{0,2}\[[\d, ]{3,40}\]\s{0,3}-join)/giu,
      judge: ({ place }) =>
        place.kind === "script" || place.isInFence ? { action: "reject", what: "The name of a command is written in pieces" } : null,
    },
    {
      anchors: ["/?", "?/", "??"],
      where: /(?:\.(?:sh|bash|zsh|ksh|md)|(?:^|\/)[^./]+)$/u,
      behind: 40,
      reach: 60,
      pattern: /(?<=^|[\n;&|(\x60][ \t]{0,8})\/(?=[\w?*[\]-]{0,12}[?*])[\w?*[\]-]{1,12}\/(?=[\w?*[\]/-]{0,40}\?)[\w?*[\]/-]{2,40}(?=\s)/gu,
      judge: ({ place }) =>
        (place.kind === "script" && !place.isComment) || place.isInFence
          ? { action: "reject", what: "The name of a command is a pattern that only a shell fills in" }
          : null,
    },
    {
      anchors: ["$'\\x", "$@", "$*", "''", '""', ":-}", "-}"],
      behind: 24,
      reach: 60,
      pattern:
        /\$'(?:\\x[2-7][0-9a-fA-F]){2,40}'|(?<=^|[\n;&|(][ \t]{0,8})(?:[a-z]{1,12}(?:\$[@*]|''|"")[a-z]{1,12}|[a-z]{1,12}\$\{\w{1,12}:?-\}[a-z]{1,12})(?=[ \t])/gu,
      judge: ({ place }) =>
        place.kind === "script" || place.isInFence ? { action: "reject", what: "The name of a command is written in pieces" } : null,
    },
    {
      anchors: ["'", '"', "\\"],
      where: /\.(?:sh|bash|zsh|ksh)$|(?:^|\/)(?:\.husky|\.githooks|hooks)\/|(?:^|\/)[^./]+$/u,
      behind: 16,
      reach: 40,
      pattern:
        /(?<=^|[\n;&|(][ \t]{0,8})(?:["'][a-z]{1,10}["'][a-z]{1,12}|[a-z]{1,10}["'][a-z]{1,10}["'][a-z]{0,12}|[a-z]{1,10}\\[a-z]{1,12})(?=[ \t]\S)/gu,
      judge: ({ place }) =>
        place.kind === "script" && !place.isComment ? { action: "reject", what: "The name of a command is written in pieces" } : null,
    },
    {
      anchors: [
        "child_process",
        "execsync",
        "spawnsync",
        "__import__",
        "__builtins__",
        "subprocess",
        "os.system",
        "os.popen",
        ".eval",
        '"eval',
        "'eval",
        '"exec',
        "'exec",
        ".exec",
        '"system',
        "'system",
        '"require',
        "'require",
        ".require",
        "popen",
        '"function',
        "'function",
        "constructor",
        "fetch",
        "globalthis",
      ],
      pattern:
        /["'.]?(?<name>child_process|execSync|spawnSync|__import__|__builtins__|subprocess|os\.system|os\.popen|eval|exec|system|require|popen|Function|constructor|fetch|globalThis)(?![\w])/uy,
      judge: ({ groups, source, place }) =>
        place.kind === "script" && /["'\x60]\s{0,8}[+.,]\s{0,8}["'\x60]/u.test(source) && !source.includes(groups["name"] ?? "")
          ? { action: "reject", what: "The name of a call that gives a program the system is put together from parts" }
          : null,
    },
    {
      anchors: ["{echo,", "{base64,", "{curl,", "{wget,", "{bash,", "{nc,", "{cat,/etc"],
      pattern: /\{(?:echo|base64|curl|wget|bash|nc|cat),[^}\n]{1,400}\}/uy,
      judge: ({ place, text, start, end }) =>
        place.kind === "data" || (text.startsWith("{echo", start) && !/\|/u.test(text.slice(end, end + 4))) ? null : { action: "reject" },
    },
    {
      anchors: [
        "process.binding",
        "process.mainmodule",
        "process.dlopen",
        "getbuiltinmodule",
        "process._linkedbinding",
        "module._load",
        "module._compile",
        "mainmodule.require",
        "mainmodule.constructor",
        "createrequire",
      ],
      pattern:
        /(?:process\.(?:binding|mainModule|dlopen|_linkedBinding)|(?:process\.)?getBuiltinModule\s{0,3}\(|module\.(?:constructor\.)?_(?:load|compile)|mainModule\.(?:require|constructor))/uy,
      judge: (match) => (inCode(match) === null ? null : { action: "reject" }),
    },
    {
      anchors: ["__import__("],
      pattern: /__import__\(\s{0,3}(?<name>[^)\n]{1,80})\)(?<use>\s{0,3}\.\s{0,3}\w{1,30})?/uy,
      judge: judgeImport,
    },
    {
      anchors: ["getattr(", "globals()", "locals()", "vars(", "__builtins__", "__dict__", "__subclasses__", "__globals__"],
      pattern:
        /(?:getattr\(\s{0,3}(?:os|subprocess|builtins|__builtins__|sys|importlib|__import__\([^)\n]{1,40}\))\s{0,3},\s{0,3}(?!["'](?:environ|path|name|sep|getcwd|platform|version|argv|stdout|stdin|stderr|get|geteuid|getuid|uname|O_\w+|SIG\w+|fspath)["'])[^)\n]{1,80}\)|(?:globals|locals|vars)\(\s{0,3}\w{0,20}\)\s{0,3}\[\s{0,3}(?:["'](?:eval|exec|__builtins__|__import__|os|compile)|[^\]"'\n]{0,30}[+[(])|__builtins__(?:\.__dict__)?\s{0,3}[.[]|__dict__\s{0,3}\[\s{0,3}["'][^"'\n]{1,20}["']\s{0,3}[+\]]|__subclasses__\s{0,3}\(|\.__globals__\s{0,3}[.[])/uy,
      judge: (match) => (inCode(match) === null ? null : { action: "reject" }),
    },
    {
      anchors: ['| "$', '|"$', "| $", '\n"$', "\n$", "; $", '; "$', "&& $", '&& "$', '\n  "$', "\n  $"],
      where: /(?:\.(?:sh|bash|zsh|ksh)|(?:^|\/)[^./]+)$/u,
      pattern: /[\n;&|]{1,2}\s{0,4}["']?\$\{?\w{1,20}\}?\$\{?\w{1,20}\}?["']?(?=\s|$)/uy,
      judge: ({ place, text, start, end }) =>
        place.kind === "script" &&
        !/=/u.test(text.slice(end, end + 2)) &&
        (/\.(?:sh|bash|zsh|ksh)$/u.test(place.path) || /^#!.*sh/u.test(place.fileText.slice(0, 40))) &&
        !/^["'\s]*\$\{?(?:HOME|PWD|ROOT|DIR|PREFIX|SCRIPT\w*)/iu.test(text.slice(start + 1, end))
          ? { action: "reject" }
          : null,
    },
    {
      anchors: ["importlib", "import_module", "require(", "import("],
      pattern:
        /(?:(?:importlib\.)?import_module\(\s{0,3}(?:["'][^"'\n]{0,20}["']\s{0,3}\+|["']["']\.join|bytes|chr\(|[a-z_]{1,20}\[::-1\]|base64|codecs|[^)"'\n]{0,30}decode)|(?<![\w.])(?:require|import)\s{0,3}\(\s{0,3}(?:["'`][^"'`\n]{0,20}["'`]\s{0,3}\+\s{0,3}["'`]|\[[^\]\n]{1,80}\]\.join|atob|Buffer\.from|String\.fromCharCode|[a-z_$]{1,20}\.split\([^\n]{0,20}\.reverse))/uy,
      judge: (match) => (inCode(match) === null ? null : { action: "reject" }),
    },
  ],
});

function judgeImport(match: Match): Judgement | null {
  if (inCode(match) === null) return null;
  const name = (match.groups["name"] ?? "").trim();
  const isPlain = /^["'][\w.]{1,60}["']$/u.test(name);
  if (!isPlain) return /[+[(]|join|chr|decode/u.test(name) ? { action: "reject" } : {};
  return /^["'](?:os|subprocess|pty|socket|ctypes|marshal|builtins)["']$/u.test(name) && match.groups["use"] !== undefined ? {} : null;
}
