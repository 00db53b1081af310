import { defineTextRule } from "../../text-rule.ts";
import { family, judgeDownload } from "./family.ts";
import { otherLanguageTriggers } from "./other-languages.ts";

const FETCHES = /urlopen|urlretrieve|requests\.get|fetch\(|https?\.get|http\.Get|axios|DownloadFile|XMLHTTP|httpx/iu;
const RUNS_FROM_TEMPORARY =
  /(?:Popen|subprocess\.\w{2,14}|os\.system|spawn(?:Sync)?|exec(?:File|FileSync|Sync)?|Command)\(\s{0,3}\[?\s{0,3}f?["'`]\/(?:tmp|var\/tmp|dev\/shm)\/|Start-Process[^\n]{0,60}(?:\$env:TEMP|\\Temp\\|\.exe)|\.Run\s+["'][^"'\n]{2,80}\.exe/iu;
const NATIVE_MEMORY = /virtualalloc|mmap|mprotect|cfunctype|rtlmovememory/iu;
const FETCHED_BYTES = /urlopen|requests\.get|b64decode|fromhex|urlretrieve|\\x[0-9a-f]{2}\\x[0-9a-f]{2}\\x/iu;

export const script = defineTextRule({
  ...family,
  id: "CODE-REMOTE-CODE",
  reasonCode: "suspicious.dynamic_code_execution",
  summary: "A program runs code that it gets over the network.",
  why: "Nobody has seen what runs: it can be different for each who downloads it, and change after each review.",
  fix: "Ship the code with the skill.",
  example: {
    path: "scripts/run.py",
    caught: "ex{gap}ec(requests.get('https://x.example.invalid/a.py').text)\n",
    instead: "data = requests.get('https://x.example.invalid/a.json').json()\n",
  },
  triggers: [
    ...otherLanguageTriggers,
    {
      anchors: ["exec(compile(", "eval(compile("],
      pattern: /(?:exec|eval)\(\s{0,3}compile\(\s{0,3}\w{1,20}(?:\.json\(\)|\.text|\.content)/uy,
      judge: ({ place }) => (place.kind === "script" || place.isInFence ? {} : null),
    },
    {
      anchors: ["onmessage", "on('message'", 'on("message"', "on('data'", 'on("data"'],
      pattern:
        /on(?:message\s{0,3}=|\(\s{0,3}["'](?:message|data)["']\s{0,3},)\s{0,3}(?:async\s{1,3})?(?:function\s{0,3})?\(?\s{0,3}(?<event>\w{1,20})\s{0,3}\)?\s{0,3}(?:=>)?[^\n]{0,120}?(?<![\w.])(?:exec(?:Sync)?|spawn(?:Sync)?|eval|Function)\s{0,3}\(\s{0,3}(?:String\()?\k<event>\b/uy,
      judge: ({ place }) => (place.kind === "script" || place.isInFence ? {} : null),
    },
    {
      anchors: ["urlretrieve(", "writefilesync(", "writefile(", "open('/tmp", 'open("/tmp', "io.copy(", "downloadfile(", "savetofile"],
      pattern: /(?:urlretrieve|writeFile(?:Sync)?|open|io\.Copy|DownloadFile|SaveToFile)\s{0,3}\(?/iuy,
      judge: ({ place, has }) =>
        (place.kind === "script" || place.isInFence) && has(RUNS_FROM_TEMPORARY) && has(FETCHES)
          ? { what: "A program runs a file that it has downloaded" }
          : null,
    },
    {
      anchors: ["virtualalloc", "rtlmovememory", "mprotect", "cfunctype", "memmove", "ctypes.cdll", "virtualprotect", "createthread"],
      pattern: /(?:virtualalloc|rtlmovememory|mprotect|cfunctype|memmove|ctypes\.cdll|virtualprotect|createthread)/iuy,
      judge: ({ has, place }) =>
        place.kind === "script" && has(NATIVE_MEMORY) && has(FETCHED_BYTES)
          ? { what: "A program runs machine code that it got as data" }
          : null,
    },
    {
      anchors: ["new function(", "eval(", ".then(eval"],
      pattern: /(?:new\s{1,3}Function|(?<![\w.])eval)\(\s{0,3}[a-z_$][\w$]{0,20}\s{0,3}\)|\.then\(\s{0,3}eval\s{0,3}\)/uy,
      judge: ({ text, start, place }) =>
        (place.kind === "script" || place.isInFence) &&
        /\bfetch\(|axios|https?\.get|\.text\(\)|responseText/u.test(text.slice(Math.max(0, start - 300), start))
          ? {}
          : null,
    },
    {
      anchors: [
        "exec(",
        "os.system(",
        "os.popen(",
        "subprocess.",
        "execsync(",
        "spawn(",
        "spawnsync(",
        "getoutput(",
        "eval(",
        "exec (",
        "eval (",
        "compile(",
        "function(",
        "runinthiscontext",
        "runinnewcontext",
        "loads(",
        "load(",
        "instance_eval",
        "class_eval",
        "eval ",
      ],
      pattern: new RegExp(
        String.raw`(?<![\w.])(?:vm\.)?(?:os\.(?:system|popen)|subprocess\.\w{2,14}|exec(?:sync)?|spawn(?:sync)?|getoutput|eval|compile|(?:new\s{1,3})?function|runin(?:this|new)context|(?:pickle|marshal|dill|cloudpickle|yaml)\.(?:unsafe_)?loads?|instance_eval|class_eval)\s{0,4}\(?\s{0,4}(?:await\s{1,3})?(?:compile\(\s{0,3})?(?:\(?await\s)?[^\n]{0,60}?(?:requests\.(?:get|post)|urlopen|urllib|httpx\.|aiohttp|urlretrieve|fetch\s{0,2}\(|axios|got\(|https?\.get|http\.request|net::http|open-uri|uri\.open|open\(\s{0,3}["']https?:|file_get_contents\(\s{0,3}["']https?:|curl_exec|recv\(|\.responsetext|response\.(?:text|body|data|content)|resp\.(?:text|content|read)|res\.(?:text|data|body)|r\.(?:text|content)\b)`,
        "iuy",
      ),
    },
    {
      anchors: ['eval "$', "eval $", 'eval "$(', "source <(", ". <(", "eval `"],
      pattern:
        /(?<![\w-])(?:eval\s{1,3}["']?\$\(?\s{0,3}\{?(?:curl|wget|response|payload|script|remote|cmd|body|content|code|data|result|output)\}?\b|(?:source|\.)\s{1,3}<\((?=[^)\n]{0,200}(?:curl|wget|https?:|base64|nc\s)))/iuy,
    },
    {
      anchors: ["import(", "importscripts(", "require(", 'from "https', "from 'https", 'import "https', "import 'https"],
      pattern:
        /(?<![\w.])(?:(?:import|importscripts|require)\s{0,3}\(\s{0,3}["'`](?:https?:|data:)|(?:from|import)\s{1,3}["']https?:\/\/(?!(?:deno\.land|esm\.sh|jsr\.io|cdn\.jsdelivr\.net|unpkg\.com|cdn\.skypack\.dev)\/))/iuy,
      judge: ({ place, text, start, end }) =>
        /["'`]data:/u.test(text.slice(start, end)) ? {} : place.kind === "script" ? { action: "warn" } : null,
    },
    {
      anchors: ["urlretrieve", ".write(", "writefile", "open("],
      pattern:
        /(?:urlretrieve\([^\n]{0,200}\.(?:py|js|mjs|so|node|rb)\b|(?:\.write|writeFile(?:Sync)?)\([^\n]{0,120}(?:requests\.get|urlopen|response\.(?:text|content|data|body)|resp\.(?:text|content)|r\.(?:text|content)|await\s+(?:res|response)\.text))/uy,
      judge: ({ has, place }) => (place.kind === "script" && has(RUNS_A_FILE) ? {} : null),
    },
    {
      anchors: ["python -c", "python3 -c", "node -e", "ruby -e", "perl -e", "php -r", "deno eval", "bun -e"],
      pattern:
        /(?:python\d?(?:\.\d+)?\s{1,3}-c|node\s{1,3}-e|ruby\s{1,3}-e|perl\s{1,3}-e|php\s{1,3}-r|deno\s{1,3}eval|bun\s{1,3}-e)\s{1,3}["'](?=[^\n]{0,300}(?:urlopen|requests\.|urllib|fetch\(|https?\.get|open-uri|lwp|file_get_contents\(["']https?:|net::http))(?=[^\n]{0,300}(?:exec|eval|system|function\())[^\n]{0,400}/iuy,
      judge: judgeDownload,
    },
  ],
});

/** A file that was just written is loaded as a module, or run. */
const RUNS_A_FILE =
  /import_module\(|__import__\(|exec_module|spec_from_file_location|runpy\.|require\(\s{0,3}[a-z]\w{0,30}\s{0,3}\)|await import\(\s{0,3}[a-z]|(?:subprocess\.\w{2,14}|os\.system|exec(?:Sync|FileSync|File)?|spawn(?:Sync)?)\(\s{0,3}(?:\[\s{0,3}(?:sys\.executable|["'](?:python\d?|node|bash|sh)["'])\s{0,3},\s{0,3}|f?["'`](?:python\d?|node|bash|sh)\s)/u;
