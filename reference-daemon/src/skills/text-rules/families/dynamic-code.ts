import { defineTextRule } from "../text-rule.ts";
import type { Judgement, Match, TextRule } from "../text-rule.ts";

const family = {
  category: "code",
  severity: "medium",
  action: "warn",
  subject: "commands",
  reasonCode: "suspicious.dynamic_code_execution",
} as const;

/** Text of a manual may name such calls; a fence shows code that somebody runs. */
const inCode = ({ place }: Match): Judgement | null => (place.kind === "script" || place.isInFence || place.kind === "markup" ? {} : null);

const evaluate = defineTextRule({
  ...family,
  id: "CODE-EVAL",
  summary: "A program runs a text as code.",
  why: "Whoever decides the text decides what runs, and no reader of the program can tell.",
  fix: "Call the function by name, or parse the text as data.",
  example: { path: "scripts/run.js", caught: "const run = ev{gap}al;\nrun(input);\n", instead: "const match = /a/.exec(input);\n" },
  triggers: [
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
      judge: (match) =>
        match.place.kind === "script" && (/\.py$/u.test(match.place.path) || /^#!.*python/u.test(match.place.fileText.slice(0, 60)))
          ? {}
          : null,
    },
    {
      anchors: ["data:text/javascript", "data:application/javascript", "new worker(", "blob("],
      pattern:
        /(?:import\s{0,3}\(\s{0,3}["'`]data:|new\s{1,3}Worker\s{0,3}\([^\n]{0,200}?(?:eval\s{0,3}:\s{0,3}true|data:|createObjectURL))/iuy,
      judge: inCode,
    },
  ],
});

/** Names that give a program the system, and that nobody splits or computes without a reason to hide them. */
const GUARDED = String.raw`child_process|node:child_process|execSync|spawnSync|process\.binding|process\.mainModule|__import__|__builtins__|subprocess|os\.system|os\.popen|importlib|Runtime\.getRuntime`;

const hiddenName = defineTextRule({
  ...family,
  id: "CODE-HIDDEN-NAME",
  severity: "high",
  reasonCode: "suspicious.obfuscated_code",
  summary: "A program reaches the system in a roundabout way.",
  why: "The call does not stand in the program, so that neither a reviewer nor a search finds it.",
  fix: "Write the import and the call in full.",
  example: {
    path: "scripts/run.js",
    caught: 'const cp = require("child_" + "pro{gap}cess");\n',
    instead: 'import { execFile } from "node:child_process";\n',
  },
  triggers: [
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

const unpickle = defineTextRule({
  ...family,
  id: "CODE-DESERIALISE",
  summary: "A program turns data into objects in a way that lets the data run code.",
  why: "Whoever made the data decides what runs.",
  fix: "Use JSON, or the library's safe loader.",
  example: { path: "scripts/run.py", caught: "state = pick{gap}le.loads(body)\n", instead: "state = json.loads(body)\n" },
  triggers: [
    {
      anchors: [
        "pickle.load",
        "marshal.load",
        "dill.load",
        "cloudpickle.load",
        "yaml.load",
        "yaml.unsafe_load",
        "yaml.full_load",
        "jsonpickle.decode",
        "shelve.open",
        "joblib.load",
        "torch.load",
        "unserialize(",
        "marshal.load(",
        "yaml.unsafeload",
        "readobject()",
        "binaryformatter",
        "node-serialize",
      ],
      pattern:
        /(?<!\w)(?:(?:c?pickle|marshal|dill|cloudpickle)\.loads?\(|yaml\.(?:unsafe_|full_)?load\((?![^)\n]{0,120}(?:Safe|Base|CSafe)Loader)|jsonpickle\.decode\(|unserialize\(|yaml\.unsafeLoad\(|readObject\(\)|BinaryFormatter|node-serialize)/iuy,
      judge: ({ place, text, start, end, has }) =>
        judgeUnpickle(place.kind === "script" || place.isInFence, text.slice(start, end), text, start, has),
    },
  ],
});

function judgeUnpickle(isCode: boolean, matched: string, text: string, start: number, has: (signal: RegExp) => boolean): Judgement | null {
  if (!isCode) return null;
  // The yaml package for JavaScript has one load, and it is safe.
  if (/^yaml\.load\($/iu.test(matched) && !has(/^import yaml|^from yaml|import yaml\b/mu)) return null;
  const near = text.slice(Math.max(0, start - 200), start + 200);
  return /urlopen|requests\.|recv\(|b64decode|fetch|httpx/iu.test(near) ? { action: "reject" } : {};
}

const blind = defineTextRule({
  ...family,
  id: "CODE-TLS",
  severity: "medium",
  reasonCode: "suspicious.insecure_tls_verification",
  summary: "A program does not check who it is talking to.",
  why: "Anybody on the way can read and change what is sent.",
  fix: "Leave verification on; give the certificate of a private authority by its path.",
  example: { path: "scripts/run.py", caught: "requests.get(url, veri{gap}fy=False)\n", instead: "requests.get(url, verify='ca.pem')\n" },
  triggers: [
    {
      anchors: [
        "node_tls_reject_unauthorized",
        "rejectunauthorized",
        "verify=false",
        "verify = false",
        "_create_unverified_context",
        "cert_none",
        "insecureskipverify",
        "ssl_verify_none",
        "verify_none",
        "check_hostname = false",
        "servercertificatevalidationcallback",
      ],
      pattern:
        /(?:NODE_TLS_REJECT_UNAUTHORIZED["'\]]{0,3}\s{0,3}=\s{0,3}["']?0|rejectUnauthorized["']?\s{0,3}:\s{0,3}false|(?<=(?:requests|httpx|session|client|aiohttp|get|post)[^\n]{0,160})verify\s?=\s?False|_create_unverified_context|CERT_NONE|InsecureSkipVerify\s{0,3}:\s{0,3}true|VERIFY_NONE|ServerCertificateValidationCallback\s{0,3}=\s{0,3}\{\s{0,3}\$true)/uy,
      judge: ({ place }) => (place.kind === "script" ? { action: "note" } : null),
    },
  ],
});

export const dynamicCodeRules: readonly TextRule[] = [evaluate, hiddenName, unpickle, blind];
export const GUARDED_NAME = new RegExp(GUARDED, "u");
