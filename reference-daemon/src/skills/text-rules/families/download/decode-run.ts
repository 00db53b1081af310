import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { AS_ROOT, INTERPRETER } from "./shell-words.ts";
import { family } from "./family.ts";

export const terminal = defineTextRule({
  ...family,
  id: "CODE-DECODE-RUN",
  reasonCode: "suspicious.obfuscated_code",
  summary: "Something encoded is decoded and run.",
  why: "Who encodes a command does not want it to be read.",
  fix: "Write the command as it is.",
  example: { path: "scripts/setup.sh", caught: "echo ZWNobw== | bas{gap}e64 -d | sh\n", instead: "base64 -d picture.b64 > picture.png\n" },
  triggers: [
    {
      anchors: ["base64", "xxd", "openssl", "rev", "tr ", "gunzip", "zcat", "b64decode", "uudecode", "base32"],
      pattern: new RegExp(
        String.raw`(?<![\w-])(?:base(?:64|32)(?:\.exe)?\s{1,4}(?:-{1,2}[dDi](?:ecode)?|--decode)|xxd\s{1,3}-r[\w -]{0,8}|openssl\s{1,3}(?:enc|base64)[^|\n]{0,60}-d|rev|tr(?=\s[^|\n]{3})|gunzip|zcat|uudecode)(?!\w)[^|\n]{0,120}\|\s{0,4}(?:(?:gunzip|zcat|gzip|rev|tr|base64|xxd)[^|\n]{0,60}\|\s{0,4}){0,3}${AS_ROOT}(?:\$\{?SHELL\}?|${INTERPRETER})(?![\w.:=/]|-[a-z])`,
        "iuy",
      ),
    },
    {
      anchors: ["base64", "xxd", "base32"],
      pattern:
        /(?<![\w-])(?:base(?:64|32)\s{1,4}(?:-{1,2}[dDi](?:ecode)?|--decode)|xxd\s{1,3}-r[\w -]{0,8})(?!\w)[^|\n]{0,60}\|\s{0,4}xargs\s[^\n]{0,60}?(?:curl|wget|nc|sh|bash|python\d?|node|eval)(?!\w)[^\n]{0,160}/iuy,
    },
    {
      anchors: ["https://", "http://"],
      pattern: /(?<=^[\s"']{0,4})https?:\/\/[^\s"']{4,300}/uy,
      judge: ({ isDecoded, place }) =>
        isDecoded && (place.kind === "script" || place.isInFence) && DECODER.test(place.linePrefix)
          ? { what: "An address is decoded when the program runs" }
          : null,
    },
    {
      anchors: ["$(echo", "`echo", "$(printf", "<<<", "<(echo", "<(base64", "$(base64"],
      behind: 60,
      pattern: new RegExp(
        String.raw`(?<![\w-])(?:${INTERPRETER}|eval|exec)(?:\s{1,4}-[\w-]{1,20}){0,3}\s{1,4}["']?(?:\$\(|\x60|<\()\s{0,4}(?:echo|printf|base64)(?!\w)[^)\x60\n]{0,400}(?:base64|xxd|rev|tr\s)`,
        "giu",
      ),
    },
    {
      anchors: ["-enc", "-encodedcommand", "-ec ", "frombase64string"],
      pattern:
        /(?:(?<=(?:powershell|pwsh)(?:\.exe)?\s[^\n]{0,120})-e(?:nc|ncodedcommand|c)?\s{1,3}["']?[A-Za-z0-9+/=]{16,}|frombase64string\([^\n]{0,200})/iuy,
      judge: ({ text, start, end, has }) => (/^-e/iu.test(text.slice(start, end)) || has(POWERSHELL_RUN) ? {} : null),
    },
    {
      anchors: [
        "b64decode",
        "atob",
        "base64",
        "fromhex",
        "unhexlify",
        "a2b_hex",
        "rot13",
        "rot_13",
        "decompress",
        "b85decode",
        "a85decode",
        "b32decode",
        "fromcharcode",
        "unescape(",
        "decodeuricomponent",
        "urldecode",
        "marshal.loads",
        "gzinflate",
        "str_rot13",
        "decode64",
        "unpack",
        "chr(",
        "decode(",
      ],
      behind: 240,
      pattern:
        /(?<![\w.])(?:exec|eval|compile|system|popen|spawn|function|run|call|setTimeout|setInterval|iex|invoke-expression|execSync|instance_eval|loadstring|load|__import__|import_module|getattr|require|source|check_output|command)(?!\w)\s{0,4}\(?\s{0,4}(?:["']|f["'])?(?:new\s{1,3}function\()?[\w.$ ()[\]"',+:=/-]{0,200}?(?:b64decode|atob|base64_decode|base64|fromhex|unhexlify|a2b_hex|rot_?13|decompress|b85decode|a85decode|b32decode|fromcharcode|unescape|decodeuricomponent|urldecode|marshal\.loads|gzinflate|str_rot13|decode64|unpack(?:1)?|chr|\.decode)(?=[(' "])/giu,
      judge: judgeDecodeCall,
    },
    {
      anchors: [
        "b64decode",
        "atob(",
        "'base64'",
        '"base64"',
        "fromhex(",
        "unhexlify",
        "decompress(",
        "b85decode",
        "a85decode",
        "fromcharcode",
        "marshal.loads",
        "decode64",
        "unpack(",
        "frombase64string",
        "bytes(",
      ],
      pattern:
        /(?:b64decode|atob\(|['"]base64['"]|fromhex\(|unhexlify|decompress\(|b85decode|a85decode|fromcharcode|marshal\.loads|decode64|unpack\(|frombase64string|bytes\()/iuy,
      judge: ({ has, place }) => (place.kind === "script" && has(RUNS_A_VARIABLE) ? {} : null),
    },
  ],
});

const POWERSHELL_RUN = /(?:^|[\s|;(])(?:iex|invoke-expression|start-process)\b/iu;

/** What was decoded a line before is run here: a variable is all that is given to it. */
const RUNS_A_VARIABLE =
  /(?<![\w.])(?:exec|eval)\s{0,3}\(\s{0,3}(?:compile\(\s{0,3})?(?:payload|code|decoded|data|src|source|script|cmd|command|_|[a-z_]{1,3}|dec|raw|body|blob|stage\d?|content|plain|text|result|clear|unpacked|x\d?|bytes\([^\n]{0,80}\)|bytearray\([^\n]{0,80}\)|["']{2}\.join\([^\n]{0,80}\))(?:\.decode\([^)\n]{0,20}\)|\.toString\([^)\n]{0,20}\))?\s{0,3}[,)]|\bnew\s{1,3}Function\(\s{0,3}[a-z_]\w{0,20}\s{0,3}\)|(?:os\.system|subprocess\.\w{2,14}|execSync|child_process\.\w{2,10}|popen)\(\s{0,3}(?:payload|decoded|dec|stage\d?|blob|clear|unpacked)(?:\.decode\([^)\n]{0,20}\))?\s{0,3}[,)]/u;

const DECODER = /b64decode|atob\(|frombase64|decode64|base64_decode|base64\s+-d|Buffer\.from\(|fromhex|unhexlify|decode\(/iu;

function judgeDecodeCall({ text, start, end, place, has }: Match): Judgement | null {
  const matched = text.slice(start, end);
  // A library is loaded by its name.
  if (/^require\s{0,3}\(?\s{0,3}["']/u.test(matched)) return null;
  if (/^(?:call|run|load|command|source|getattr)\b/iu.test(matched) && !/exec|eval|import/iu.test(matched))
    return /^\w+\s*\(/u.test(matched) && /base64|b64|atob|hex/iu.test(matched) && !/^(?:load|source)/iu.test(matched)
      ? { action: "warn" }
      : null;
  if (/chr$|\.decode$|unpack1?$|decodeuricomponent$|urldecode$/iu.test(matched))
    return /^(?:exec|eval|compile|assert|__import__|getattr|instance_eval|require|system|popen)/iu.test(matched) &&
      !/\.exec/iu.test(text.slice(Math.max(0, start - 1), end))
      ? { ...(place.kind === "prose" ? { action: "warn" } : {}) }
      : null;
  const line = text.slice(start, end + 200).split("\n", 1)[0] ?? "";
  if (/\b(?:code|invalid|valid|input|source)\s{0,3}:\s{0,3}["'`]$/u.test(place.linePrefix) && has(/\bRuleTester\b/u))
    return { action: "warn" };
  return place.kind === "prose" && !place.isInFence && !/[A-Za-z0-9+/]{20,}|https?:/u.test(line) ? { action: "warn" } : {};
}
