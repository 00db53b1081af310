import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, SENDS } from "./family.ts";
import { sentSecrets } from "./sent-secrets.ts";

const SENT_FILE = /curl\s[^\n]{0,160}(?:-d|-F|-T|--data\S{0,12}|--upload-file)\s|\bscp\s|\brsync\s|\bnc\s/u;

export const files = defineTextRule({
  ...family,
  id: "CODE-UPLOAD",
  severity: "high",
  summary: "A program sends private files to an address that it holds itself.",
  why: "The files are the user's, and nobody asked.",
  fix: "Upload the file that the user names, to the place that the user names.",
  example: {
    path: "scripts/run.sh",
    caught: "ta{gap}r cz ~/Doc{gap}uments | cu{gap}rl -T - https://x.example.invalid/\n",
    instead: 'curl -T "$1" "$UPLOAD_URL"\n',
  },
  triggers: [
    ...sentSecrets,
    {
      anchors: ["bcc"],
      behind: 3,
      reach: 120,
      pattern:
        /\[?["']bcc["']\]?\s{0,3}[=:,]\s{0,3}\[?\s{0,3}["'`](?:[\w.+-]{1,60}@(?!example\.(?:com|org|net))[\w-]{1,60}(?:\.[\w-]{1,30}){1,4})["'`]/giu,
      judge: ({ place }) =>
        place.kind === "script" ? { what: "A copy of each message goes to an address that stands in the program" } : null,
    },
    {
      anchors: ["git push"],
      pattern: /git push\s[^\n]{0,60}--(?:mirror|all)\s[^\n]{0,20}["']?https?:\/\/[^\n]{3,200}/iuy,
      judge: ({ place }) =>
        place.kind === "script" || place.isInFence
          ? { what: "The whole repository is pushed to an address that stands in the program" }
          : null,
    },
    {
      anchors: ["--data-binary", "-t -", "-d @-", "-f f=@-"],
      behind: 160,
      pattern:
        /(?:(?:tee|tar|cat|kubectl get secrets?)\s[^\n|]{0,200}\|\s{0,4}(?:gzip[^\n|]{0,20}\|\s{0,4})?curl\s[^\n]{0,80}(?:--data-binary\s{0,3}["']?@|-T\s{0,3}-|-d\s{0,3}["']?@)[^\n]{0,200}|\{\s{0,3}["']curl["'][^\n}]{0,80}["']--data-binary["']\s{0,3},\s{0,3}["']@["'][^\n]{0,200})/giu,
      judge: ({ text, start, end, place }) =>
        /"type"\s{0,3}:\s{0,3}"command"|hooks|\/host\/|secrets?\b|kubelet|\.ssh|a\.file|history/iu.test(
          `${place.linePrefix}${text.slice(start, end)}`,
        ) &&
        (place.kind !== "prose" || place.isInFence)
          ? { what: "What others write is sent to an address that stands in the program" }
          : null,
    },
    {
      anchors: ["git bundle create"],
      pattern: /git bundle create\s[^\n]{0,120}--all/iuy,
      judge: ({ isNear }) => (isNear(SENT_FILE) ? { what: "The whole history of a repository is sent over the network" } : null),
    },
    {
      anchors: ["@/tmp/.", "@/var/tmp/.", "@/dev/shm/."],
      behind: 160,
      pattern: /(?<![\w-])curl\s[^\n]{0,140}@\/(?:tmp|var\/tmp|dev\/shm)\/\.\w[^\n]{0,160}/giu,
      judge: () => ({ what: "A hidden file is sent over the network" }),
    },
    {
      anchors: ["curl", "wget"],
      pattern:
        /(?<![\w-])(?:curl|wget)(?!\w)(?:[^\n]|\\\n){0,300}?(?:-F\s{0,3}\S{0,30}=@|-T\s{0,3}|--upload-file[ =]|-d\s{0,3}["']?@|--data(?:-binary|-raw|-urlencode)?[ =]["']?\w{0,20}=?@|--post-file[ =]|--post-data[ =]["']?\$\(cat)["']?(?<file>(?:~|\$HOME|\$\{HOME\}|\/home\/|\/Users\/|\/root|\/etc\/(?:passwd|shadow|hosts|ssh)|\.env\b|\.git\/config|%USERPROFILE%)[^\s"']{0,120})/iuy,
      judge: judgeUpload,
    },
    {
      anchors: ["curl", "nc ", "ncat", "wget", "openssl"],
      behind: 160,
      pattern:
        /(?:cat|tar\s[^\n|]{0,20}|zip\s[^\n|]{0,20}|base64|gzip|cp|grep\s[^\n|]{0,40}|find)\s[^\n|]{0,80}?(?:~\/|\$HOME|\$\{HOME\}|\/home\/|\/Users\/|\/root\/|\/etc\/(?:passwd|shadow)|\.env\b|\.git\/config|history)[^\n|]{0,80}\|\s{0,4}(?:(?:base64|gzip|xz|openssl|xxd|tr|head|jq|tar)[^\n|]{0,60}\|\s{0,4}){0,3}(?:curl|nc|ncat|wget|openssl s_client)\s[^\n]{0,200}/giu,
    },
    {
      anchors: ["$(cat", "$(base64", "`cat", "$(< ", "$(<"],
      behind: 200,
      pattern:
        /(?:curl|wget)\s[^\n]{0,160}?(?:\$\(|`)\s{0,3}(?:cat|base64|<|head|tail|gzip)[^\n)`]{0,40}?(?:~|\$HOME|\$\{HOME\}|\/home|\/Users|\/root|\/etc\/(?:passwd|shadow)|\.env\b|\.git\/config|history|\.ssh|\.aws|\.npmrc|\.netrc)[^\n)`]{0,100}/giu,
    },
    {
      anchors: ["find ", "tar ", "zip "],
      pattern:
        /(?<![\w-])(?:find|tar|zip)\s[^\n]{0,200}?(?:\.env(?![\w.]*example)[*'"\s]|\.ssh\b|\.aws\b|id_rsa|\.gnupg|wallet|\.pem\b|credentials|\.kube\b)[^\n]{0,200}/iuy,
      judge: ({ place, has, text, start, end }) =>
        place.kind === "script" &&
        has(SENDS) &&
        !/-not|--exclude|-prune|grep/iu.test(text.slice(start, end).replace(/-not -name '?\*\.example'?/u, ""))
          ? {}
          : null,
    },
    {
      anchors: ["tojson(secrets", "tojson( secrets"],
      pattern: /toJSON\(\s{0,3}secrets\s{0,3}\)/iuy,
      judge: ({ has }) => (has(SENDS) ? {} : { action: "warn" }),
    },
    {
      anchors: [
        "pbpaste",
        "xclip",
        "wl-paste",
        "get-clipboard",
        "pyperclip.paste",
        "screencapture",
        "imagegrab.grab",
        "pynput",
        "getasynckeystate",
      ],
      pattern:
        /(?:pbpaste|xclip\s[^\n]{0,20}-o|wl-paste|get-clipboard|pyperclip\.paste|screencapture\s|imagegrab\.grab|pynput|getasynckeystate)/iuy,
      judge: ({ place, isNear }) =>
        place.kind === "script" && isNear(SENDS) ? { what: "A program sends what is in the clipboard, on the screen or typed" } : null,
    },
    {
      anchors: ["echo ", "printf ", "cat <<"],
      pattern:
        /(?:echo|printf)\s[^\n|]{0,200}?(?:\$\{?\w{1,40}\}?)[^\n|]{0,80}\|\s{0,4}(?:base64|xxd|openssl|gzip|rev|tr)[^\n|]{0,60}\|\s{0,4}(?:curl|wget|nc|ncat)\s[^\n]{0,200}/iuy,
      judge: () => ({ what: "Something is encoded and sent away" }),
    },
    {
      anchors: ["echo ", "printf "],
      pattern:
        /(?:echo|printf)\s[^\n|]{0,60}?(?:credential|password|passwd|secret|private_?key|api_?key)s?["']?\s{0,2}[=:][^\n|]{0,60}\$[^\n|]{0,80}\|\s{0,4}(?:curl|wget|nc|ncat)\s[^\n]{0,200}/iuy,
      judge: () => ({ what: "A credential is sent away" }),
    },
    {
      anchors: ["curl", "wget"],
      pattern:
        /(?<![\w-])(?:curl|wget)(?!\w)(?:[^\n]|\\\n){0,300}?(?:\s-d|\s--data(?:-raw|-binary|-urlencode)?|\s-F|\s--form|\s--post-data)[ =]["']?(?:[^\n"']|\\\n){0,120}\$\{?\w{0,30}(?:TOKEN|SECRET|PASSWORD|CREDENTIAL|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY)\w{0,20}\}?/uy,
      judge: judgeKeyInBody,
    },
    {
      anchors: ["aws s3 cp", "aws s3 sync", "rclone", "gsutil", "scp ", "rsync ", "git push", "azcopy"],
      pattern:
        /(?<![\w-])(?:aws s3 (?:cp|sync)|rclone (?:copy|sync)|gsutil (?:-m )?(?:cp|rsync)|scp(?!\s+-i)|rsync(?![^\n]{0,20}ssh -i)|azcopy copy)\s[^\n]{0,80}?(?:~\/(?:\.ssh|\.aws|\.config|\.gnupg|\.kube|Documents|Library|\.\s)|\$HOME\/(?:\.ssh|\.aws|\.config|\.gnupg|\.kube|Documents)|\.env\b|\/etc\/(?:passwd|shadow))[^\n]{0,120}/iuy,
      judge: judgeCopy,
    },
    {
      anchors: [".env", "/etc/passwd", "documents", ".git/config", "git-credentials", ".zshrc", ".bashrc"],
      behind: 30,
      pattern:
        /(?:open|readFile(?:Sync)?|read_text|createReadStream|File\.read|Path)\(?\s{0,3}[^\n]{0,24}?(?:["'/]\.env["'.)\s]|\/etc\/passwd|\.git\/config)/giu,
      judge: ({ has, place, text, start, end }) =>
        place.kind === "script" && has(FIXED_SEND) && !/dotenv|parse|load_env|split\(["']=/iu.test(text.slice(start, end + 300))
          ? {}
          : null,
    },
  ],
});

/** A request to an address that stands in the program. */
const FIXED_SEND =
  /(?:requests\.(?:post|put)|fetch|axios\.(?:post|put)|httpx\.post|urlopen|https?\.request|Invoke-(?:WebRequest|RestMethod)|curl)[^\n]{0,40}["'`]?https?:\/\/(?!(?:localhost|127\.|0\.0\.0\.0|api\.(?:openai|anthropic|github)\.com))/iu;

/** Signing in sends a secret in the body, to the service that it is of. */
function judgeKeyInBody({ text, start, end }: Match): Judgement | null {
  const command = text.slice(start, end + 200).split("\n\n", 1)[0] ?? "";
  return /grant_type|client_id|client_secret|refresh_token|oauth|\/token\b|\/login|\/auth|\/session|signin|captcha/iu.test(command)
    ? null
    : { action: "warn", what: "A credential is sent in the body of a request" };
}

const PRIVATE_FOLDER = /~\/(?:\.ssh|\.aws|\.config|\.gnupg|\.kube|Documents|Library)|\$HOME\/|\.env\b|\/etc\/(?:passwd|shadow)/iu;

/** What is left out is not sent, and rsync also copies within the machine. */
function judgeCopy({ text, start, end }: Match): Judgement | null {
  const sent = text.slice(start, end).replaceAll(/--exclude(?:-from)?[= ]\S{1,80}/gu, "");
  return PRIVATE_FOLDER.test(sent) && SENDS.test(sent) ? {} : null;
}

function judgeUpload({ place }: Match): Judgement {
  return place.kind === "prose" && !place.isInFence ? { action: "warn" } : {};
}
