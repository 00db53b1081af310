import { defineTextRule } from "../../text-rule.ts";
import type { Judgement } from "../../text-rule.ts";
import { family, inText } from "./family.ts";

/** Taking one protection off is what manuals say; to switch it off for all, or to start what was just let through, is not. */
function judgeProtection(isProse: boolean, text: string, start: number, end: number): Judgement {
  const line = text.slice(start, end + 160).split("\n", 1)[0] ?? "";
  if (/master-disable[^\n]{0,80}&&|quarantine[^\n]{0,120}(?:&&|;)\s{0,3}(?:sudo\s+)?(?:open|spctl|chmod|\.\/|bash|sh)\b/iu.test(line))
    return { action: "reject" };
  return isProse || /quarantine|executionpolicy/iu.test(text.slice(start, end)) ? {} : { action: "reject" };
}

export const privilege = defineTextRule({
  ...family,
  id: "CODE-PRIVILEGE",
  action: "warn",
  reasonCode: "suspicious.privileged_always",
  summary: "A program gives rights to somebody who should not have them, or takes protections away.",
  why: "What follows does not need the user's permission any more.",
  fix: "Say which rights are needed, and let the user grant them.",
  example: {
    path: "scripts/setup.sh",
    caught: "echo 'me ALL=(ALL) NOPASS{gap}WD: ALL' >> /etc/sudo{gap}ers\n",
    instead: "chmod 755 scripts/run.sh\n",
  },
  triggers: [
    {
      anchors: ["-exclusionpath", "spctl --master-disable", "spctl --global-disable"],
      pattern: /(?:-ExclusionPath\s{1,3}["']?[A-Z]:\\{1,2}["']?(?=[\s;,]|$)|spctl\s{1,3}--(?:master|global)-disable)/iuy,
      judge: ({ place }) =>
        place.kind === "prose" && !place.isInFence
          ? { action: "warn" }
          : { action: "reject", what: "The protection of the whole machine is switched off" },
    },
    {
      anchors: ["sudo()", "sudo ()", "function sudo", "su()", "su ()", "ssh()", "ssh ()", "passwd()", "passwd ()", "gpg()", "gpg ()"],
      pattern: /(?:function\s{1,3})?(?:sudo|su|ssh|passwd|gpg)\s{0,2}(?:\(\)\s{0,2})?\{/uy,
      judge: ({ text, start, place }) => {
        const body = text.slice(start, start + 800).split(/\n\}/u, 1)[0] ?? "";
        return (place.kind === "script" || place.isInFence) &&
          /read\s[^\n]{0,20}-\w{0,3}s|stty\s{1,3}-echo/u.test(body) &&
          /curl|wget|\bnc\s|>>|mail\s/u.test(body)
          ? { action: "reject", what: "A program takes the place of one that asks for a password, and keeps what is typed" }
          : null;
      },
    },
    {
      anchors: ["nopasswd", "/etc/sudoers", "visudo"],
      behind: 160,
      pattern: /(?:NOPASSWD\s{0,3}:|(?:>>?|tee(?: -a)?|open\(|cp|mv)\s{0,4}[^\n]{0,80}?\/etc\/sudoers(?!\s{1,4}["'$\w./~]))/giu,
      judge: ({ place, text, start, end }) =>
        place.kind === "prose" || /NOPASSWD\s*:\s*\//u.test(text.slice(start, end + 12)) ? {} : { action: "reject" },
    },
    {
      anchors: ["chmod"],
      pattern: /(?<![\w.])chmod\s{1,3}(?:-R\s{1,3})?(?:0?777|a\+rwx|o\+w|[ugo]*\+s|[2467][0-7]{3}|u=rwxs)\s[^\n]{1,80}/uy,
      judge: ({ text, start, end }) =>
        /\+s|[246][0-7]{3}/u.test(text.slice(start, end))
          ? { action: "reject" }
          : /\s(?:\/(?:etc|usr|var|$|\s)|~|\$HOME)/u.test(text.slice(start, end))
            ? { action: "reject" }
            : {},
    },
    {
      anchors: [
        "setenforce",
        "spctl --master-disable",
        "com.apple.quarantine",
        "disablerealtimemonitoring",
        "add-mppreference",
        "csrutil disable",
        "ufw disable",
        "systemctl stop firewalld",
        "iptables -f",
        "netsh advfirewall",
        "set-executionpolicy",
        "amsiutils",
        "amsiinitfailed",
        "auditctl -e 0",
        "fltmc unload",
        "tccutil reset",
      ],
      pattern:
        /(?:setenforce\s{1,3}0|spctl\s{1,3}--master-disable|xattr\s[^\n]{0,40}com\.apple\.quarantine|com\.apple\.quarantine|disablerealtimemonitoring|add-mppreference\s[^\n]{0,40}exclusion|csrutil\s{1,3}disable|ufw\s{1,3}disable|systemctl\s{1,3}stop\s{1,3}firewalld|iptables\s{1,3}-F|netsh\s{1,3}advfirewall[^\n]{0,40}off|set-executionpolicy\s{1,3}(?:-\w{2,20}\s{1,3}\w{2,20}\s{1,3}){0,2}(?:bypass|unrestricted)|amsiutils|amsiinitfailed|auditctl\s{1,3}-e\s{1,3}0|tccutil\s{1,3}reset)/iuy,
      judge: ({ place, text, start, end }) => judgeProtection(place.kind === "prose", text, start, end),
    },
    {
      anchors: ["docker run", "docker.sock", "--privileged", "nsenter"],
      pattern:
        /(?:docker\s{1,3}run\s[^\n]{0,160}?(?:--privileged[^\n]{0,80}-v\s{1,3}\/:|-v\s{1,3}\/:\/?\w{0,20}[^\n]{0,80}(?:chroot|--privileged))|nsenter\s[^\n]{0,60}(?:-t|--target)\s{0,3}1\b)/iuy,
      judge: inText,
    },
  ],
});
