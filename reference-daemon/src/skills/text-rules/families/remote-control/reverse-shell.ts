import { defineTextRule } from "../../text-rule.ts";
import type { Match } from "../../text-rule.ts";
import { family } from "./family.ts";

const SHELL = String.raw`["'\x60]?(?:\/bin\/|\/usr\/bin\/|\/system\/bin\/)?(?:env\s)?(?:(?:ba|z|da|k|c)?sh|cmd(?:\.exe)?|powershell(?:\.exe)?|pwsh)(?!\w)`;

/** A shell or a program is started somewhere in the text. */
const STARTS_SHELL = new RegExp(String.raw`(?:\/bin\/(?:ba|z|da)?sh|cmd\.exe|powershell|pty\.spawn|["'](?:ba|z)?sh(?:\s+-i)?["'])`, "iu");

const DUPLICATES =
  /\bdup2\s{0,3}\(|STDIN->fdopen|reopen\(|>&S\b|\.pipe\(\s{0,3}\w{1,20}\.stdin|stdio:\s{0,3}\[|std(?:in|out)\s{0,3}=\s{0,3}\w{1,20}\.(?:fileno|makefile)|Stdin\b[^\n=]{0,60}=|open\(\s{0,3}STDIN|StandardInput|iex\s|invoke-expression|proc_open|popen3?|pty\.spawn|PTY\.spawn|subprocess\.(?:call|run|Popen)|\bexec\(|os\.system|execSync|child_process|check_output|exec\s+sprintf|<&%d|<&3|in:\s{0,3}\w{1,20},\s{0,3}out:|ProcessBuilder|getRuntime\(\)\.exec|from_raw_fd|IO\.popen|io\.popen/iu;

export const reverseShell = defineTextRule({
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
        "createserver",
        "tcpstream",
        "java.net.socket",
        "socket.tcp",
        "socket.connect",
        "io::socket",
        "openssl s_client",
        "net.createconnection",
        "node:net",
        '"net"',
        "'net'",
      ],
      pattern:
        /(?:socket\.socket|socket\.create_connection|socket\(|TCPSocket|Sockets?\.TCPClient|System\.Net\.Sockets|fsockopen|pfsockopen|net\.(?:connect|socket|dial|createconnection)|createconnection|createserver|tcpstream|java\.net\.socket|socket\.(?:tcp|connect)|IO::Socket|node:net|["']net["'])/iuy,
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
      !/(?:\$\{?(?:line|cmd|command|REPLY|l|c)\b|\beval\b|\b(?:ba|z|da)?sh\b)/u.test(
        text.slice(start, end + 400).replace(/^.*?\/dev\/(?:tcp|udp)\/\S+/su, ""),
      )
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
    /connect|dial|TCPClient|TCPSocket|fsockopen|create_?connection|IO::Socket|listen\(|java\.net\.Socket/iu.test(near);
  if (isNear && isWhole) return { what: "A socket is joined to a shell" };
  const isLoop =
    /while|for\s*\(|loop|forever|setInterval|\.on\(\s*["']data["']/iu.test(near) &&
    /recv\(|readline|\.gets|getline|\.on\(\s*["']data["']|GetStream|fgets|read\(/iu.test(near) &&
    RUNS_RECEIVED.test(near);
  return isLoop ? { what: "What comes over a socket is run" } : null;
}

const RUNS_RECEIVED =
  /(?:IO\.popen|io\.popen|os\.(?:popen|system)|subprocess\.\w{2,14}|exec(?:Sync)?|eval|system|popen|iex|invoke-expression|exec\.Command)\s{0,3}\(?\s{0,3}(?:["'`](?:sh|bash|cmd)[^\n]{0,30},\s{0,3})?\$?(?:cmd|command|data|line|l|msg|buf|buffer|input|received|request|payload|d|c|chunk|str|message|task|\$?\w{0,10}cmd)\b/iu;
