import { defineTextRule } from "../../text-rule.ts";
import { family, inText } from "./family.ts";

/** Each may be what a manual says; two of them together leave nothing to find. */
const WIPED: readonly RegExp[] = [
  /history\s{1,3}-c(?!\w)|HISTFILE|\.bash_history|\.zsh_history|clear-history/iu,
  /(?:truncate|shred|rm|>)\s[^\n]{0,200}\/var\/log\/(?:auth|wtmp|btmp|secure|lastlog|audit)|\/var\/log\/(?:auth\.log|wtmp)[^\n]{0,200}(?:truncate|shred|rm)\b|wevtutil\s{1,3}cl|clear-eventlog|vacuum-time=1s/iu,
  /systemctl\s{1,3}(?:stop|disable)[^\n]{0,40}(?:auditd|rsyslog)|auditctl\s{1,3}-e\s{0,2}0/iu,
];

export const stealth = defineTextRule({
  ...family,
  id: "CODE-STEALTH",
  reasonCode: "suspicious.obfuscated_code",
  summary: "A program wipes the traces of what it did.",
  why: "Only somebody who does not want to be found needs that.",
  fix: "Remove it.",
  example: { path: "scripts/run.sh", caught: "hist{gap}ory -c && unset HIST{gap}FILE\n", instead: "history | tail\n" },
  triggers: [
    {
      anchors: [
        "history -c",
        "histfile",
        "histsize=0",
        "clear-history",
        ".bash_history",
        ".zsh_history",
        "wevtutil",
        "clear-eventlog",
        "/var/log",
        "journalctl --vacuum",
        "utmpdump",
        "timestomp",
        "consolehost_history",
        "auditctl -e",
      ],
      behind: 60,
      pattern:
        /(?:history\s{1,3}-c(?!\w)|unset\s{1,3}HISTFILE|HISTFILE=\/dev\/null|HISTSIZE=0|set\s{1,3}\+o\s{1,3}history|clear-history|(?:rm|>|shred|truncate|ln\s{1,3}-sf?\s{1,3}\/dev\/null)\s[^\n]{0,40}?(?:\.bash_history|\.zsh_history|consolehost_history)|wevtutil\s{1,3}cl|clear-eventlog|(?:rm|shred|truncate)\s[^\n]{0,40}?\/var\/log\/(?:auth|syslog|wtmp|btmp|secure|audit|lastlog|\*)|timestomp|auditctl\s{1,3}-e\s{0,2}0)/giu,
      judge: (match) => (WIPED.filter((trace) => match.has(trace)).length > 1 ? {} : inText(match)),
    },
    {
      anchors: ["pkill", "killall", "taskkill", "systemctl stop", "launchctl unload", "sc stop"],
      pattern:
        /(?:pkill|killall|taskkill|systemctl\s{1,3}(?:stop|disable)|launchctl\s{1,3}unload|sc(?:\.exe)?\s{1,3}stop)\s[^\n]{0,80}?(?<!\w)(?:clamav|clamd|falcon|crowdstrike|sentinelone|sentinelagent|carbonblack|cbdaemon|defender|windefend|msmpeng|osqueryd?|auditd|sysmon|littlesnitch|little snitch|wazuh|ossec|esets?|avast|kaspersky|sophos|mcafee|mdatp|santa|blockblock|lulu)(?!\w)/iuy,
      judge: inText,
    },
  ],
});
