import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, SENDS } from "./family.ts";

export const sink = defineTextRule({
  ...family,
  id: "CODE-SINK",
  severity: "high",
  action: "warn",
  summary: "Data goes to a service that takes anything from anybody.",
  why: "Such addresses belong to nobody who could be asked, and they are where stolen data is collected.",
  fix: "Send data to a service of your own, and say so.",
  example: {
    path: "scripts/run.py",
    caught: "requests.post('https://web{gap}hook.site/abc', data=report)\n",
    instead: "requests.post(os.environ['REPORT_URL'], data=report)\n",
  },
  triggers: [
    {
      anchors: [
        "webhook.site",
        "requestbin",
        "pipedream.net",
        "requestcatcher",
        "beeceptor",
        "hookbin",
        "interact.sh",
        "oast.",
        "burpcollaborator",
        "dnslog",
        "ngrok",
        "trycloudflare",
        "transfer.sh",
        "file.io",
        "0x0.st",
        "termbin",
        "pastebin.com/api",
        "ix.io",
        "anonfiles",
        "gofile.io",
        "catbox.moe",
        "canarytokens",
        "ceye.io",
        "postb.in",
        "smee.io",
        "temp.sh",
        "bashupload",
        "oshi.at",
        "localhost.run",
        "serveo.net",
        "loca.lt",
      ],
      pattern:
        /(?:webhook\.site|requestbin\.\w{2,4}|[\w-]{1,40}\.m\.pipedream\.net|requestcatcher\.com|beeceptor\.com|hookbin\.com|interact\.sh|oast\.(?:fun|pro|live|site|online|me)|burpcollaborator\.net|dnslog\.cn|(?<=[\w-]\.)(?:ngrok(?:-free)?\.(?:io|app|dev)|trycloudflare\.com|localhost\.run|serveo\.net|loca\.lt)|transfer\.sh|(?<=\/\/)file\.io|0x0\.st|termbin\.com|pastebin\.com\/api|(?<=\/\/)ix\.io|anonfiles\.com|gofile\.io|catbox\.moe|canarytokens\.\w{2,4}|ceye\.io|postb\.in|temp\.sh|bashupload\.com|oshi\.at)/iuy,
      judge: judgeSink,
    },
  ],
});

const PRIVATE =
  /process\.env(?!\.[A-Z_]{2,40}(?:URL|PORT|HOST))|os\.environ|\$\(env|printenv|\.ssh|\.aws|\.env\b|passwd|shadow|credential|secret|token|api_?key|password|cookie|history|keychain|wallet|id_rsa|hostname|whoami|conversation|readFile|open\(|cat\s|@[~$/.]|git config|clipboard|screenshot|base64/iu;

function judgeSink({ text, start, end, place }: Match): Judgement | null {
  const near = text.slice(Math.max(0, start - 500), end + 400);
  const isSent = SENDS.test(near) || /["'`]https?:\/\/[^"'`]{0,60}$/iu.test(place.linePrefix);
  if (place.kind === "prose" && !place.isInFence && !/https?:\/\/[^\s"'`]{0,60}$/iu.test(place.linePrefix)) return null;
  if (place.kind === "prose" && !place.isInFence)
    return isSent && PRIVATE.test(`${place.linePrefix}${place.lineSuffix}`)
      ? { action: "reject" }
      : /send|post|upload|forward|exfil/iu.test(place.linePrefix)
        ? {}
        : null;
  if (!isSent && place.kind !== "data") return null;
  return PRIVATE.test(near) && place.kind === "script" ? { action: "reject" } : {};
}
