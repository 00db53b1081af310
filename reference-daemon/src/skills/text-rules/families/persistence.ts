import { defineTextRule } from "../text-rule.ts";
import type { Judgement, Match, TextRule } from "../text-rule.ts";

const family = { category: "code", severity: "high", action: "reject", subject: "commands" } as const;

/** In a script it happens. In a text somebody reads it first: documentation of services and schedules is full of it. */
const inText = ({ place }: Match): Judgement | null => (place.kind === "prose" || place.isComment ? { action: "warn" } : {});

const START_FILES = String.raw`(?:\.bashrc|\.bash_profile|\.zshrc|\.zprofile|\.zshenv|\.profile|\.bash_login|\.bash_logout|config\.fish|\/etc\/profile(?:\.d)?|\/etc\/rc\.local|\.xinitrc|\.xprofile|\$PROFILE|Microsoft\.PowerShell_profile)`;

const persist = defineTextRule({
  ...family,
  id: "CODE-PERSIST",
  reasonCode: "suspicious.unsafe_file_write",
  summary: "A program makes itself or another one start by itself later.",
  why: "It runs on when the skill is removed, and nobody sees it start.",
  fix: "Leave it to the user to schedule or to install a service; say how in the documentation.",
  example: { path: "scripts/setup.sh", caught: "(cron{gap}tab -l; echo '* * * * * /tmp/x') | crontab -\n", instead: "crontab -l\n" },
  triggers: [
    {
      anchors: ["crontab"],
      behind: 200,
      pattern:
        /(?:(?:echo|printf|cat|\(|crontab -l)[^\n]{0,200}?\|\s{0,4}(?:sudo\s{1,3})?crontab\s{1,3}(?:-u \w{1,20} )?-(?![a-z])|crontab\s{1,3}(?:-u\s{1,3}\w{1,20}\s{1,3})?(?:["'$/~.]|[\w-]{1,40}\.(?:txt|cron|tmp))[^\n]{0,80}|>>?\s{0,3}["']?\/(?:etc\/cron[\w./-]{1,60}|var\/spool\/cron[\w./-]{0,60})|new_job|CronTab\()/giu,
      judge: inText,
    },
    {
      anchors: ["@reboot", "@hourly", "@daily", "* * * *"],
      pattern:
        /(?:@reboot|@hourly|@daily|(?:[\d*/,-]{1,9}\s{1,3})?\*\s\*\s\*\s\*)\s[^\n]{0,60}?(?:curl|wget|nc\s|bash\s{1,3}-[ic]|python\d?\s{1,3}-c|base64|\/tmp\/\.|\/dev\/shm)[^\n]{0,200}/iuy,
    },
    {
      anchors: ["alias "],
      pattern:
        /alias\s{1,3}(?:sudo|su|ssh|git|npm|npx|curl|ls|cd|python\d?|pip\d?|node|docker|kubectl|aws)=["']?(?:\/tmp|\/dev\/shm|\/var\/tmp|~\/\.|\$HOME\/\.|curl|wget|nohup|bash|sh\s|\(|f\(\))[^\n]{0,160}/iuy,
    },
    {
      anchors: ["/etc/cron", "/var/spool/cron"],
      behind: 160,
      pattern:
        /(?:>>?|tee(?: -a)?|cp|mv|install|open\(|write\w{0,10}\()\s{0,4}[^\n]{0,120}?\/(?:etc\/cron|var\/spool\/cron)[\w./-]{0,60}/giu,
      judge: inText,
    },
    {
      anchors: [
        "systemctl enable",
        "systemctl --user enable",
        "/etc/systemd/system",
        ".config/systemd/user",
        "systemctl daemon-reload",
        "loginctl enable-linger",
      ],
      behind: 160,
      pattern:
        /(?:(?:>>?|tee(?: -a)?|cp|mv|install|ln -s|open\(|write\w{0,10}\()\s{0,4}[^\n]{0,120}?(?:\/etc\/systemd\/system|\.config\/systemd\/user)[\w./@-]{0,80}|systemctl\s{1,3}(?:--user\s{1,3})?enable\s{1,3}(?:--now\s{1,3})?["']?[$\w.@-]{2,60})/giu,
      judge: inText,
    },
    {
      anchors: ["launchagents", "launchdaemons", "launchctl load", "launchctl bootstrap"],
      behind: 160,
      pattern:
        /(?:(?:>>?|tee|cp|mv|open\(|write\w{0,10}\(|cat)\s{0,4}[^\n]{0,120}?Library[/\\](?:LaunchAgents|LaunchDaemons)[^\s"']{0,120}|launchctl\s{1,3}(?:load|bootstrap)\s[^\n]{2,120})/giu,
      judge: inText,
    },
    {
      anchors: [
        ".bashrc",
        ".bash_profile",
        ".zshrc",
        ".zprofile",
        ".zshenv",
        ".profile",
        "config.fish",
        "/etc/profile",
        "/etc/rc.local",
        "$profile",
        ".bash_login",
        ".bash_logout",
        ".xinitrc",
        ".xprofile",
      ],
      behind: 200,
      pattern: new RegExp(
        String.raw`(?:>>\s{0,3}["']?[^\n"'|;&]{0,60}?${START_FILES}|tee\s{1,3}-a\s{1,3}["']?[^\n"']{0,60}?${START_FILES}|(?:open|appendFile(?:Sync)?|writeFile(?:Sync)?|File\.open|Add-Content)\(?\s{0,4}[^\n]{0,80}?${START_FILES}["')]{0,3}\s{0,3}(?:,|\))\s{0,4}["'\x60]?[aw+])`,
        "giu",
      ),
      judge: judgeStartFile,
    },
    {
      anchors: ["authorized_keys"],
      behind: 200,
      pattern:
        /(?:>>?|tee(?: -a)?|open\(|appendFile(?:Sync)?\(|writeFile(?:Sync)?\(|cp|mv|Add-Content|install)\s{0,4}[^\n]{0,120}?authorized_keys|authorized_keys["')]{0,3}\s{0,3},\s{0,4}["'`]?[aw+]/giu,
      judge: (match) =>
        /ssh-(?:ed25519|rsa|ecdsa)\s{1,3}AAAA|ecdsa-sha2/u.test(`${match.place.linePrefix}${match.text.slice(match.start, match.end)}`)
          ? {}
          : inText(match),
    },
    {
      anchors: [
        "currentversion\\run",
        "currentversion\\\\run",
        "schtasks",
        "new-scheduledtask",
        "register-scheduledtask",
        "start menu\\programs\\startup",
        "\\startup\\",
        "startup\\\\",
        "winlogon",
        "new-service",
        "sc create",
        "sc.exe create",
        "wmi",
      ],
      behind: 60,
      pattern:
        /(?:(?:reg(?:\.exe)?\s{1,3}add|set-itemproperty|new-itemproperty|winreg\.\w{1,20}|hk(?:cu|lm|ey_\w{4,20}))[^\n]{0,120}?currentversion\\{1,2}run|currentversion\\{1,2}run|schtasks(?:\.exe)?\s{1,3}\/create|(?:new|register)-scheduledtask|start menu\\{1,2}programs\\{1,2}startup|\\startup\\|(?:new-service|sc(?:\.exe)?\s{1,3}create)\s|__eventfilter)/giu,
      judge: inText,
    },
    {
      anchors: [".git/hooks", "core.hookspath", "git/hooks"],
      behind: 160,
      pattern:
        /(?:(?:>>?|tee|cp|mv|ln -s\w?|install|open\(|write\w{0,10}\(|cat)\s{0,4}[^\n]{0,120}?\.git\/hooks\/[\w-]{1,40}|git config\s{1,3}--(?:global|system)\s{1,3}core\.hookspath)/giu,
      judge: ({ place, has }) =>
        place.kind === "prose"
          ? { action: "warn" }
          : has(/curl|wget|https?:\/\/(?!localhost)|base64|\/dev\/tcp/iu)
            ? {}
            : { action: "warn" },
    },
    {
      anchors: [
        "sitecustomize",
        "usercustomize",
        ".pth",
        "site-packages",
        "ld_preload",
        "dyld_insert_libraries",
        "/etc/ld.so.preload",
        "node_options=",
        "pythonstartup",
        "git_ssh_command",
        "prompt_command",
        "bash_env=",
      ],
      behind: 120,
      pattern:
        /(?:(?:>>?|tee|cp|mv|open\(|write\w{0,10}\()\s{0,4}[^\n]{0,100}?(?:(?:site|user)customize\.py|\.pth\b|\/etc\/ld\.so\.preload)|export\s{1,3}(?:LD_PRELOAD|DYLD_INSERT_LIBRARIES|BASH_ENV|PROMPT_COMMAND|PYTHONSTARTUP|GIT_SSH_COMMAND)=[^\n]{1,120}|(?:LD_PRELOAD|DYLD_INSERT_LIBRARIES)\s{0,3}=\s{0,3}["']?[/.$~][^\n]{1,120}|export\s{1,3}NODE_OPTIONS=[^\n]{0,40}(?:--require|-r\s|--import)[^\n]{1,100})/giu,
      judge: inText,
    },
  ],
});

/** A line that puts a program on the PATH is what installers add. */
function judgeStartFile(match: Match): Judgement | null {
  const { place, text, end } = match;
  const line = `${place.linePrefix}${text.slice(match.start, end)}`;
  if (
    /export\s+(?:PATH|[A-Z_]{3,40})=|PATH=|alias\s+\w+=|eval "\$\(\w+ (?:init|completion|hook|activate)|source\s+~?[^\n]{0,80}completion|fpath/u.test(
      line,
    ) &&
    !/curl|wget|https?:|base64|nc\s|\/tmp\/|&\s*["']?\s*>>/iu.test(line)
  )
    return place.kind === "prose" ? null : { action: "warn" };
  return inText(match);
}

const destroy = defineTextRule({
  ...family,
  id: "CODE-DESTROY",
  severity: "critical",
  reasonCode: "suspicious.destructive_delete_command",
  summary: "A program deletes what is not its own, or makes the machine unusable.",
  why: "It cannot be undone.",
  fix: "Delete only what the skill made, by its full path, and ask first.",
  example: { path: "scripts/clean.sh", caught: "r{gap}m -rf ~/\n", instead: "rm -rf ./dist\n" },
  triggers: [
    {
      anchors: ["rm -", "rm --"],
      pattern:
        /(?<![\w-])rm\s{1,4}(?:(?:-[a-z]{1,6}|--[a-z-]{4,20})\s{1,4}){1,5}["']?(?:\/(?=[\s"';&|)]|$|\*)|\/\*|~\/?(?=[\s"';&|)]|$|\*)|~\/\*|\$\{?HOME\}?\/?(?=[\s"';&|)]|$|\*)|\$\{?HOME\}?["']?\/\*|\/(?:etc|usr|var|bin|boot|home|lib|opt|root|sbin|Users|System|Library|Applications)\/?(?=[\s"';&|)]|$|\*)|--no-preserve-root|\*(?=\s|$)(?<=\s\/\s\*)|~\/(?:Documents|Desktop|Library|\.ssh|Pictures)(?=[/\s"';&|)]|$))/imuy,
      judge: judgeDelete,
    },
    {
      anchors: [
        "rmtree",
        "rmsync",
        "fs.rm",
        "rimraf",
        "remove-item",
        "rm_rf",
        "removeall",
        "deltree",
        "rd /s",
        "del /f",
        "del /s",
        "format c:",
      ],
      pattern:
        /(?:shutil\.rmtree|rmSync|fs\.rm|rimraf|FileUtils\.rm_rf|os\.RemoveAll)\s{0,3}(?:\.sync)?\(?\s{0,4}(?:["'`](?:\/|~|\/home|\/Users|C:\\{1,2})["'`]|(?:os\.)?homedir\(\)|os\.homedir\(\)|os\.path\.expanduser\(\s{0,3}["']~\/?["']\s{0,3}\)|Path\.home\(\)(?!\s{0,3}\/)|process\.env\.HOME(?!\s{0,3}[+/])|Dir\.home(?!\s{0,3}[+/]))|remove-item\s[^\n]{0,80}?(?:\$env:userprofile|\$home|c:\\\\?\*|c:\\(?=[\s"']))[^\n]{0,60}|rd \/s[^\n]{0,20}c:\\|del \/[fs][^\n]{0,30}c:\\|format c:/iuy,
    },
    {
      anchors: [
        "mkfs",
        "dd if=",
        "dd of=",
        "> /dev/sd",
        ">/dev/sd",
        "> /dev/nvme",
        "wipefs",
        "shred",
        "diskutil erase",
        "cipher /w",
        "sgdisk",
        "blkdiscard",
      ],
      pattern:
        /(?<![\w-])(?:mkfs(?:\.\w{2,5})?\s[^\n]{0,60}?\/dev\/|dd\s[^\n]{0,60}?of=\/dev\/(?:sd|nvme|hd|disk|vd|mmcblk)|>\s{0,3}\/dev\/(?:sd|nvme|hd|disk|vd)|wipefs\s{1,3}-a|shred\s[^\n]{0,60}?(?:\/dev\/|~|\$HOME|\/home)|diskutil\s{1,3}erase|sgdisk\s{1,3}(?:-Z|--zap)|blkdiscard\s)/iuy,
      judge: inText,
    },
    {
      anchors: ["find "],
      pattern:
        /(?<![\w-])find\s{1,3}["']?(?:~|\$HOME|\$\{HOME\}|\/home|\/Users|\/)(?:\/(?:Documents|Pictures|Desktop|Downloads|Music|Movies|Videos))?(?:["']?\s)(?:[^\n]{0,120}?-exec\s{1,3}shred|(?![^\n]{0,160}-(?:i?name|mtime|atime|size|empty|regex))[^\n]{0,120}?(?:-delete|-exec\s{1,3}rm))[^\n]{0,80}/iuy,
    },
    {
      anchors: [":(){", ": ()", ":|:&", "fork()", "%0|%0"],
      pattern:
        /:\s{0,3}\(\)\s{0,3}\{\s{0,3}:\s{0,3}\|\s{0,3}:\s{0,3}&|:\|:&|(?<=while[^\n]{0,30}\n?[^\n]{0,30})(?:os\.)?fork\(\)|%0\|%0/iuy,
      judge: inText,
    },
  ],
});

/** Taking one protection off is what manuals say; to switch it off for all, or to start what was just let through, is not. */
function judgeProtection(isProse: boolean, text: string, start: number, end: number): Judgement {
  const line = text.slice(start, end + 160).split("\n", 1)[0] ?? "";
  if (/master-disable[^\n]{0,80}&&|quarantine[^\n]{0,120}(?:&&|;)\s{0,3}(?:sudo\s+)?(?:open|spctl|chmod|\.\/|bash|sh)\b/iu.test(line))
    return { action: "reject" };
  return isProse || /quarantine|executionpolicy/iu.test(text.slice(start, end)) ? {} : { action: "reject" };
}

/** A documented cleanup names the skill's own folder; the bare home or root is never that. */
function judgeDelete({ place }: Match): Judgement {
  return place.kind === "prose" && place.isInFence ? { action: "warn" } : {};
}

const privilege = defineTextRule({
  ...family,
  id: "CODE-PRIVILEGE",
  action: "warn",
  reasonCode: "suspicious.privileged_always",
  summary: "A program gives rights to somebody who should not have them, or takes protections away.",
  why: "What follows does not need the user's permission any more.",
  fix: "Say which rights are needed, and let the user grant them.",
  example: {
    path: "scripts/setup.sh",
    caught: "echo 'me ALL=(ALL) NOPASS{gap}WD: ALL' >> /etc/sudoers\n",
    instead: "chmod 755 scripts/run.sh\n",
  },
  triggers: [
    {
      anchors: ["nopasswd", "/etc/sudoers", "visudo"],
      behind: 160,
      pattern: /(?:NOPASSWD\s{0,3}:|(?:>>?|tee(?: -a)?|open\(|cp|mv)\s{0,4}[^\n]{0,80}?\/etc\/sudoers)/giu,
      judge: ({ place }) => (place.kind === "prose" ? {} : { action: "reject" }),
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

const stealth = defineTextRule({
  ...family,
  id: "CODE-STEALTH",
  reasonCode: "suspicious.obfuscated_code",
  summary: "A program wipes the traces of what it did.",
  why: "Only somebody who does not want to be found needs that.",
  fix: "Remove it.",
  example: { path: "scripts/run.sh", caught: "hist{gap}ory -c && unset HISTFILE\n", instead: "history | tail\n" },
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
      ],
      behind: 60,
      pattern:
        /(?:history\s{1,3}-c(?!\w)|unset\s{1,3}HISTFILE|HISTFILE=\/dev\/null|HISTSIZE=0|set\s{1,3}\+o\s{1,3}history|clear-history|(?:rm|>|shred|truncate|ln\s{1,3}-sf?\s{1,3}\/dev\/null)\s[^\n]{0,40}?(?:\.bash_history|\.zsh_history|consolehost_history)|wevtutil\s{1,3}cl|clear-eventlog|(?:rm|shred|truncate)\s[^\n]{0,40}?\/var\/log\/(?:auth|syslog|wtmp|btmp|secure|audit|lastlog|\*)|timestomp)/giu,
      judge: inText,
    },
    {
      anchors: ["pkill", "killall", "taskkill", "systemctl stop", "launchctl unload", "sc stop"],
      pattern:
        /(?:pkill|killall|taskkill|systemctl\s{1,3}(?:stop|disable)|launchctl\s{1,3}unload|sc(?:\.exe)?\s{1,3}stop)\s[^\n]{0,80}?(?<!\w)(?:clamav|clamd|falcon|crowdstrike|sentinelone|sentinelagent|carbonblack|cbdaemon|defender|windefend|msmpeng|osqueryd?|auditd|sysmon|littlesnitch|little snitch|wazuh|ossec|esets?|avast|kaspersky|sophos|mcafee|mdatp|santa|blockblock|lulu)(?!\w)/iuy,
      judge: inText,
    },
  ],
});

const miner = defineTextRule({
  ...family,
  id: "CODE-MINER",
  severity: "critical",
  reasonCode: "malicious.crypto_mining",
  summary: "A program mines cryptocurrency.",
  why: "It uses the user's machine and power for somebody else.",
  fix: "Remove it.",
  example: {
    path: "scripts/run.sh",
    caught: "./xm{gap}rig -o stratum+tcp://pool.example.invalid:3333 -u wallet\n",
    instead: "python3 -m timeit\n",
  },
  triggers: [
    {
      anchors: [
        "stratum+tcp",
        "stratum+ssl",
        "stratum2+tcp",
        "xmrig",
        "minerd",
        "cpuminer",
        "coinhive",
        "cryptonight",
        "randomx",
        "ethminer",
        "nbminer",
        "t-rex",
        "lolminer",
        "phoenixminer",
        "coin-hive",
        "webminepool",
        "minexmr",
        "nanopool",
        "supportxmr",
        "moneroocean",
        "hashvault",
      ],
      pattern:
        /(?:stratum2?\+(?:tcp|ssl):\/\/|(?<!\w)(?:xmrig|minerd|cpuminer|ethminer|nbminer|lolminer|phoenixminer)(?!\w)|coin-?hive|cryptonight|webminepool|minexmr|supportxmr|moneroocean|hashvault\.pro|nanopool\.org)/iuy,
      judge: judgeMiner,
    },
  ],
});

function judgeMiner({ text, start, end, place }: Match): Judgement | null {
  if (/^stratum/iu.test(text.slice(start, end))) return {};
  if (place.kind === "prose" && !place.isInFence) return null;
  const near = `${place.linePrefix}${text.slice(start, end + 200)}`;
  return /(?:\.\/|-o\s|--url|--donate|--coin|pool|wallet|download|wget|curl|spawn|exec|run|Anonymous\(|start\()/iu.test(near)
    ? {}
    : { action: "warn" };
}

const ransom = defineTextRule({
  ...family,
  id: "CODE-RANSOM",
  severity: "critical",
  reasonCode: "malicious.known_blocked_signature",
  summary: "A program takes files away from the user and asks for money.",
  why: "The files may never come back.",
  fix: "Remove it.",
  example: {
    path: "scripts/run.py",
    caught: "note = 'Your files have been encry{gap}pted. Send 0.1 BTC to get them back.'\n",
    instead: "note = 'Your backup has been encrypted with your own key.'\n",
  },
  triggers: [
    {
      anchors: [
        "files have been encrypted",
        "files are encrypted",
        "files were encrypted",
        "vssadmin delete",
        "wbadmin delete",
        "bcdedit /set",
        "shadowcopy delete",
      ],
      pattern:
        /(?:files\s(?:have been|are|were)\sencrypted[^]{0,300}?(?:bitcoin|btc|monero|xmr|ransom|pay|decrypt)|vssadmin(?:\.exe)?\sdelete\sshadows|wbadmin\sdelete\scatalog|bcdedit\s\/set[^\n]{0,40}recoveryenabled\sno|shadowcopy\sdelete)/iuy,
    },
  ],
});

export const persistenceRules: readonly TextRule[] = [persist, destroy, privilege, stealth, miner, ransom];
