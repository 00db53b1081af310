import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const tunnel = defineTextRule({
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
