import type { Judgement, Match, Trigger } from "../../text-rule.ts";
import { SHADY } from "./family.ts";
import { INTERPRETER } from "./shell-words.ts";

const isCode = ({ place }: Match): boolean => place.kind === "script" || place.isInFence;
const ifCode = (match: Match): Judgement | null => (isCode(match) ? {} : null);
const ifCodeHas =
  (signal: RegExp) =>
  (match: Match): Judgement | null =>
    isCode(match) && match.has(signal) ? {} : null;

const FETCHES = /urlopen|urlretrieve|requests\.get|fetch\(|https?\.get|axios|got\(|httpx/u;

/** Fetching and running in languages and programs that have a way of their own for it. */
export const otherLanguageTriggers: readonly Trigger[] = [
  {
    // Go
    anchors: ["exec.command("],
    pattern: /exec\.Command\(\s{0,3}\w{1,30}\s{0,3}[,)]/uy,
    judge: (match) =>
      match.has(/http\.(?:Get|NewRequest|DefaultClient)/u) && match.has(/0o?7[0-7]{2}\b|\.Chmod\(/u)
        ? ifCodeHas(/io\.Copy\(|WriteFile\(|ReadFrom\(/u)(match)
        : null,
  },
  {
    // Python
    anchors: ["write_bytes("],
    pattern: /write_bytes\([^\n]{0,80}(?:urlopen|requests\.get)\([^\n]{0,120}\)/uy,
    judge: (match) =>
      match.has(/S_IXUSR|chmod\([^\n]{0,40}0o?7/u) && match.has(/https?:\/\/(?:\d{1,3}\.){3}\d{1,3}|http:\/\/(?!localhost|127\.)/u)
        ? ifCode(match)
        : null,
  },
  {
    // Ruby
    anchors: ["spawn(", "system(", "exec("],
    pattern: /(?<![\w.])(?:spawn|system|exec)\(\s{0,3}[a-z]\w{0,20}\s{0,3}[,)]/uy,
    judge: (match) => (match.has(/URI\.open\(|Net::HTTP\.get|URI\(["']https?:/u) ? ifCodeHas(/chmod\(?\s{0,3}0o?7/u)(match) : null),
  },
  {
    // Skills that are taken from an address again and again
    anchors: ["/skills"],
    pattern: /\/skills\b/uy,
    judge: (match) =>
      match.place.isShell &&
      match.has(/~\/\.(?:claude|openclaw|codex|cursor)\/skills|\$HOME\/\.(?:claude|openclaw|codex|cursor)\/skills/u) &&
      match.has(/\b(?:curl|wget)\s/u) &&
      match.has(/(?<![\w-])(?:ba|z)?sh\s{1,3}["']?\$\w{1,20}[^\n]{0,60}\.sh/u)
        ? { what: "A program puts what it fetches in the place of other skills, and runs it" }
        : null,
  },
  {
    // Macros of office programs
    anchors: ["urldownloadtofile"],
    pattern: /URLDownloadToFile\w{0,2}/iuy,
    judge: ifCodeHas(/\bShell\b|ShellExecute|\.Run\b|WinExec/iu),
  },
  {
    anchors: ["sub auto_open", "sub autoopen", "sub workbook_open", "sub document_open", "sub auto_close"],
    pattern: /Sub\s{1,3}(?:Auto_?Open|Auto_?Close|Workbook_Open|Document_Open)/iuy,
    judge: ifCodeHas(/\bShell\s{0,2}[("]|WScript\.Shell|URLDownloadToFile|powershell|XMLHTTP/iu),
  },
  {
    anchors: ["file(download"],
    pattern: /file\(\s{0,4}DOWNLOAD\s[^)\n]{1,300}/iuy,
    judge: ifCodeHas(/execute_process\(\s{0,8}COMMAND\s{1,8}(?:chmod|["']?\$\{|sh\b|bash\b)/iu),
  },
  {
    // Lua
    anchors: ["io.popen("],
    pattern: /io\.popen\(\s{0,3}[^\n]{0,24}(?:curl|wget)[^\n]{0,200}/uy,
    judge: ifCodeHas(/(?<![\w.])(?:load(?:string)?|dofile)\s{0,3}\(/u),
  },
  {
    // R
    anchors: ["source("],
    pattern: /(?<![\w.])source\(\s{0,3}(?:url\(\s{0,3})?["']https?:\/\/[^\n"']{3,300}/uy,
    judge: (match) =>
      /\.(?:r|rprofile|rmd|qmd)$/iu.test(match.place.path) || match.place.isInFence
        ? match.place.path.endsWith(".Rprofile") ||
          SHADY.test(match.text.slice(match.start, match.end)) ||
          match.text.startsWith("http:", match.text.indexOf("http", match.start))
          ? {}
          : { action: "warn" }
        : null,
  },
  {
    // Java and other languages that load classes
    anchors: ["urlclassloader(", "assembly]::load(", "assembly.load("],
    pattern: /(?:URLClassLoader\(|Assembly\]::Load\(|Assembly\.Load\()[^\n]{0,200}/uy,
    judge: ({ text, start, place }) =>
      place.kind !== "prose" && /https?:\/\/|DownloadData|GetByteArray/u.test(text.slice(Math.max(0, start - 300), start + 300))
        ? {}
        : null,
  },
  {
    // MSBuild, go generate and the like: commands in files of builds
    anchors: ["<exec command=", "//go:generate "],
    subject: "bytes",
    pattern:
      /(?:<Exec\s{1,4}Command=|(?<=^|\n)\/\/go:generate )[^\n]{0,600}(?:curl|wget|DownloadString|DownloadData|DownloadFile|Invoke-WebRequest|\biwr\b|-w hidden|https?:\/\/(?:\d{1,3}\.){3})[^\n]{0,300}/iuy,
    judge: ({ place }) =>
      place.kind === "prose" && !place.isInFence ? { action: "warn" } : { what: "A build fetches something and runs it" },
  },
  {
    // PHP
    anchors: ["php://input"],
    pattern: /php:\/\/input/uy,
    judge: ({ text, start, place }) =>
      place.kind === "script" && /\b(?:include|require|eval|assert)(?:_once)?\b[\s(]{1,4}\$/u.test(text.slice(start, start + 300))
        ? { what: "A page runs what a visitor sends" }
        : null,
  },
  {
    // A skill that writes itself anew
    anchors: ['"skill.md"', "'skill.md'"],
    pattern: /["']SKILL\.md["']/uy,
    judge: ({ text, start, place }) =>
      place.kind === "script" &&
      /\bfetch\(|urlopen|requests\.get|urlretrieve|https?\.get/u.test(text.slice(start, start + 600)) &&
      /writeFile|\.write_(?:text|bytes)\(|open\([^\n]{0,60}["']w|urlretrieve/u.test(text.slice(start, start + 600))
        ? { what: "A program puts what it fetches in the place of the skill" }
        : null,
  },
  {
    // A command in the answer of a name server
    anchors: ["shell=true"],
    behind: 120,
    pattern: /subprocess\.\w{2,14}\([^\n]{0,100}shell=True/giu,
    judge: ({ text, start, place }) =>
      place.kind === "script" &&
      /["']dig["']|nslookup|resolver\.resolve|TXT/u.test(text.slice(Math.max(0, start - 500), start)) &&
      !/["'][^"'\n]{3,80}["']\s{0,3},\s{0,3}shell/u.test(text.slice(start, start + 140))
        ? {}
        : null,
  },
  {
    // Perl
    anchors: ["eval $"],
    pattern: /(?<![\w.-])eval\s{1,3}\$(?<answer>\w{1,20})/uy,
    judge: (match) =>
      isCode(match) &&
      new RegExp(String.raw`\$${match.groups["answer"] ?? ""}\s{0,3}=\s{0,3}[^\n;]{0,80}(?:\bget\(|->get\b|content\b|https?:)`, "u").test(
        match.text.slice(Math.max(0, match.start - 600), match.start),
      )
        ? {}
        : null,
  },
  {
    // PostgreSQL
    anchors: ["program '"],
    behind: 12,
    pattern: /\b(?:FROM|TO)\s{1,4}PROGRAM\s{1,4}'[^'\n]{1,300}'/giu,
    judge: ({ text, start, end, place }) =>
      /\b(?:sh|bash|curl|wget|nc|python\d?|perl)\b/u.test(text.slice(start, end)) && place.kind !== "prose" ? {} : { action: "warn" },
  },
  {
    anchors: ["autocmd ", "call system("],
    pattern:
      /(?:autocmd\s{1,3}(?:VimEnter|BufRead|BufReadPost|BufEnter|CursorHold)[^\n]{0,80}(?:system(?:list)?\(|!\s{0,3}(?:curl|wget|sh|bash|python))|call\s{1,3}system\([^\n]{0,100}(?:curl|wget))[^\n]{0,120}/iuy,
    judge: ifCode,
  },
  {
    // Shells
    anchors: ["<<<"],
    behind: 80,
    pattern: new RegExp(
      String.raw`(?<![\w-])(?:${INTERPRETER})(?:\s{1,4}-\w{0,8}){0,3}(?:\s{1,4}\/dev\/stdin)?\s{0,4}<<<\s{0,3}["']?\$\(\s{0,3}(?:[^\s"')]{0,40}\/)?(?:curl|wget|dig|nslookup|host|tr\s[^)\n]{0,80}\|\s{0,3}base(?:64|32)\s|base(?:64|32)\s)[^\n]{0,200}`,
      "giu",
    ),
    judge: (match) => (isCode(match) || match.place.kind === "data" ? {} : { action: "warn" }),
  },
  {
    anchors: ["spawn(", "spawnsync(", "execfile(", "execfilesync(", "exec(", "execsync(", "subprocess.", "os.startfile("],
    pattern:
      /(?<![\w$])(?:spawn(?:Sync)?|exec(?:File)?(?:Sync)?|subprocess\.(?:Popen|run|call|check_call)|os\.startfile)\(\s{0,3}\[?\s{0,3}(?:str\()?(?<file>[A-Za-z_$][\w$]{0,30})\s{0,3}[,)\]]/uy,
    judge: judgeStarted,
  },
];

/** A file is fetched, written under a name, and started by that name. */
function judgeStarted({ text, start, groups, has, place }: Match): Judgement | null {
  if (place.kind !== "script" || !has(FETCHES)) return null;
  const name = (groups["file"] ?? "").replaceAll("$", String.raw`\$`);
  const before = text.slice(Math.max(0, start - 2_000), start);
  const isWritten = new RegExp(
    String.raw`(?:writeFile(?:Sync)?|createWriteStream|open)\(\s{0,3}(?:str\()?${name}\s{0,3}[,)]|(?<![\w$])${name}\.write_bytes\(|urlretrieve\([^\n]{0,200}\b${name}\b`,
    "u",
  ).test(before);
  if (!isWritten) return null;
  const what = "A program runs a file that it has downloaded";
  return /https?:\/\/(?:\d{1,3}\.){3}|http:\/\/(?!localhost|127\.)|detached|windowsHide|CREATE_NO_WINDOW|["'`/\\]\.\w/u.test(text)
    ? { what }
    : { action: "warn", what };
}
