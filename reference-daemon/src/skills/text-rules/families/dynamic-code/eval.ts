import { defineTextRule } from "../../text-rule.ts";
import { family, inCode } from "./family.ts";

export const evaluate = defineTextRule({
  ...family,
  id: "CODE-EVAL",
  summary: "A program runs a text as code.",
  why: "Whoever decides the text decides what runs, and no reader of the program can tell.",
  fix: "Call the function by name, or parse the text as data.",
  example: { path: "scripts/run.js", caught: "const run = ev{gap}al;\nrun(input);\n", instead: "const match = /a/.exec(input);\n" },
  triggers: [
    {
      anchors: ["compile("],
      behind: 40,
      pattern:
        /(?:type\(\s{0,3}lambda[^\n)]{0,20}\)|FunctionType)\(\s{0,3}compile\(|(?<![\w.])compile\(\s{0,3}\w{1,24}\.(?:read|content|text|decode|recv)\b[^\n]{0,80}["']exec["']/gu,
      judge: ({ place }) =>
        place.kind === "script" ? { action: "reject", what: "A program runs as code what it has read or fetched" } : null,
    },
    {
      anchors: ["exec("],
      pattern: /(?<![\w.$])exec\(\s{0,3}\w{2,30}\(\s{0,3}[A-Z][A-Z_\d]{2,30}\s{0,3}\)\s{0,3}\)/uy,
      judge: ({ place }) =>
        place.kind === "script" && place.isPython ? { action: "reject", what: "A program decodes a text and runs it" } : null,
    },
    {
      anchors: [".exec(", "exec(requests.get(", "eval(requests.get("],
      pattern: /(?:\.|(?<![\w.]))(?:exec|eval)\(\s{0,3}\w{1,20}\.get\(\s{0,3}\\?["']https?:/uy,
      judge: ({ place }) =>
        place.kind === "prose" && !place.isInFence ? null : { action: "reject", what: "A program fetches a text and runs it" },
    },
    {
      anchors: ["$_get", "$_post", "$_request", "$_cookie", "$_server"],
      behind: 60,
      pattern:
        /(?<![\w>:$])(?:system|exec|shell_exec|passthru|popen|proc_open|assert|eval|include|require|include_once|create_function)\s{0,3}\(?\s{0,3}["'(@]{0,3}(?:base64_decode\()?\s{0,3}@?\$_(?:GET|POST|REQUEST|COOKIE|SERVER)/giu,
      judge: (match) => (inCode(match) === null ? null : { action: "reject", what: "A page runs what a visitor sends" }),
    },
    { anchors: ["eval("], pattern: /(?<![\w.$'"`-])eval\(\s{0,3}(?!["'`][^"'`\n]{0,60}["'`]\s{0,3}\)|\))[^\n]{1,120}/uy, judge: inCode },
    {
      anchors: [
        "(0,eval)",
        "(0, eval)",
        "(1,eval)",
        "(1, eval)",
        "window.eval",
        "globalthis.eval",
        "global.eval",
        "self.eval",
        "= eval;",
        "=eval;",
        "= eval\n",
        "(eval)",
        "[eval]",
        ".bind(eval",
        "eval.call",
        "eval.apply",
        "=eval,",
        "= eval,",
      ],
      pattern:
        /(?:\(\s{0,3}[01],\s{0,3}eval\)|(?:window|globalthis|global|self)\.eval\b|=\s{0,3}eval(?=\s{0,3}[;,\n])|[[(]eval[\])]|\.bind\(eval|eval\.(?:call|apply))/iuy,
      judge: (match) => (inCode(match) === null ? null : { action: "reject", what: "A program hides that it runs a text as code" }),
    },
    {
      anchors: ["eval(compile(", "exec(compile("],
      pattern: /(?:eval|exec)\(\s{0,3}compile\(\s{0,3}\w{1,20}\(\s{0,3}\w{1,30}\s{0,3}\)\s{0,3},\s{0,3}["'][^"'\n]{0,20}["']/uy,
      judge: (match) =>
        match.place.kind === "script" && match.has(/fromhex|b(?:64|85|32)decode|a85decode|unhexlify|decompress/u)
          ? { action: "reject", what: "A program decodes a text and runs it" }
          : null,
    },
    {
      anchors: ["getprototypeof"],
      pattern: /getPrototypeOf\(\s{0,3}(?:async\s{0,3})?(?:function|\()[^\n]{0,30}\)\s{0,3}\.constructor/uy,
      judge: () => ({ action: "reject", what: "A program hides that it runs a text as code" }),
    },
    {
      anchors: [
        "new function(",
        "new function (",
        'function("return',
        "function('return",
        'constructor("',
        "constructor('",
        "constructor(`",
        ".constructor.constructor",
        "asyncfunction",
        "generatorfunction",
      ],
      pattern:
        /(?:new\s{1,3}Function\s{0,3}\((?!\s{0,3}\))|(?<![\w.])Function\(\s{0,3}["'`]return|\.constructor(?:\.constructor)?\s{0,3}\(\s{0,3}["'`]|\.constructor\.constructor|(?:Async|Generator)Function\s{0,3}\()/uy,
      judge: (match) =>
        inCode(match) === null
          ? null
          : /constructor/u.test(match.text.slice(match.start, match.end))
            ? { action: "reject", what: "A program hides that it runs a text as code" }
            : {},
    },
    {
      anchors: ["vm.run", "vm.compile", "vm.script", "runinnewcontext", "runinthiscontext", "runincontext"],
      pattern: /(?:\bvm\.(?:runIn\w{4,16}|compileFunction|Script)|runIn(?:New|This)?Context)\s{0,3}\(/uy,
      judge: inCode,
    },
    {
      anchors: ['settimeout("', "settimeout('", "settimeout(`", 'setinterval("', "setinterval('", "setinterval(`"],
      pattern: /set(?:Timeout|Interval)\(\s{0,3}["'`](?=[^\n]{0,200}[(;=])/uy,
      judge: inCode,
    },
    {
      anchors: ["exec("],
      pattern:
        /(?<![\w.$])exec\(\s{0,3}(?!["'][^"'\n]{0,80}["']\s{0,3}[,)])(?=[^\n]{1,200})(?:compile\(|open\(|code|source|src|payload|script|text|data|f["']|user|input|request|response|\w{1,20}\.(?:read\(|stdout|output|text|content|body)|\w{1,20}\[)/uy,
      judge: (match) => (match.place.kind === "script" && match.place.isPython ? {} : null),
    },
    {
      anchors: ["data:text/javascript", "data:application/javascript", "new worker(", "blob("],
      pattern:
        /(?:import\s{0,3}\(\s{0,3}["'`]data:|new\s{1,3}Worker\s{0,3}\([^\n]{0,200}?(?:eval\s{0,3}:\s{0,3}true|data:|createObjectURL))/iuy,
      judge: inCode,
    },
  ],
});
