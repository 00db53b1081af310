import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, inText } from "./family.ts";

const START_FILES = String.raw`(?:\.bashrc|\.bash_profile|\.zshrc|\.zprofile|\.zshenv|\.profile|\.bash_login|\.bash_logout|config\.fish|\/etc\/profile(?:\.d)?|\/etc\/rc\.local|\.xinitrc|\.xprofile|\$PROFILE|Microsoft\.PowerShell_profile)`;

export const persist = defineTextRule({
  ...family,
  id: "CODE-PERSIST",
  reasonCode: "suspicious.unsafe_file_write",
  summary: "A program makes itself or another one start by itself later.",
  why: "It runs on when the skill is removed, and nobody sees it start.",
  fix: "Leave it to the user to schedule or to install a service; say how in the documentation.",
  example: { path: "scripts/setup.sh", caught: "(cron{gap}tab -l; echo '* * * * * /tmp/x') | cron{gap}tab -\n", instead: "crontab -l\n" },
  triggers: [
    {
      anchors: ["_base_url=", "_api_base=", "_base_url ", "_endpoint="],
      behind: 40,
      pattern:
        /(?:ANTHROPIC|OPENAI|GEMINI|GOOGLE|MISTRAL|GROQ|DEEPSEEK|XAI|COHERE|OPENROUTER|AZURE_OPENAI)_(?:BASE_URL|API_BASE|ENDPOINT)[=\s]\s{0,3}["']?https?:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1|(?:[\w-]{1,40}\.){0,3}(?:anthropic|openai|googleapis|mistral|groq|deepseek|x|cohere|openrouter|azure|microsoft)\.(?:com|ai))[^\n]{3,160}?(?:>>|setx|tee -a)\s{0,3}[^\n]{0,60}/giu,
      judge: ({ place }) =>
        place.isMention
          ? { action: "note" }
          : { what: "Whatever is asked of a model goes through an address of the text's own, from now on" },
    },
    {
      anchors: ["crontab"],
      behind: 200,
      pattern:
        /(?:(?:echo|printf|cat|\(|crontab -l)[^\n]{0,200}?\|\s{0,4}(?:sudo\s{1,3})?crontab\s{1,3}(?:-u \w{1,20} )?-(?![a-z])|crontab\s{1,3}(?:-u\s{1,3}\w{1,20}\s{1,3})?(?:["'$/~.]|[\w-]{1,40}\.(?:txt|cron|tmp))[^\n]{0,80}|>>?\s{0,3}["']?\/(?:etc\/cron[\w./-]{1,60}|var\/spool\/cron[\w./-]{0,60})|new_job|CronTab\()/giu,
      judge: inText,
    },
    {
      anchors: ["autoapprove", "alwaysallow"],
      pattern: /(?:autoApprove|alwaysAllow)["']?\s{0,4}:\s{0,4}\[\s{0,4}["']\*["']/iuy,
      judge: (match) =>
        match.place.kind === "prose"
          ? { action: "warn" }
          : { what: "A server of tools is set up so that an assistant asks nothing before it uses them" },
    },
    {
      anchors: [
        "core.fsmonitor",
        "credential.helper",
        "core.sshcommand",
        "core.pager",
        "core.editor",
        "core.askpass",
        "diff.external",
        "config --global alias.",
      ],
      behind: 60,
      pattern:
        /git\s{1,3}config\s[^\n]{0,60}(?:core\.(?:fsmonitor|sshCommand|pager|editor|askpass)|credential\.helper|diff\.external|alias\.\w{1,20})\s{1,3}["'][^\n]{0,160}(?:curl|wget|\bnc\s|https?:\/\/)[^\n]{0,200}/giu,
      judge: () => ({ what: "A setting makes git fetch or send something each time that it is used" }),
    },
    {
      anchors: ["authorized_keys"],
      pattern: /authorized_keys/uy,
      judge: ({ place, has }) =>
        place.kind === "script" && has(/["'`]ssh-(?:ed25519|rsa) AAAA/u) && has(/write_text\(|\.write\(|writeFile|appendFile|>>/u)
          ? { what: "A key that stands in the program may log in to the machine" }
          : null,
    },
    {
      anchors: [".rprofile"],
      pattern: /\.Rprofile/uy,
      judge: ({ place, has }) =>
        place.kind === "script" && has(/append\s{0,3}=\s{0,3}TRUE|writeLines\(|>>/u) && has(/source\(\s{0,3}url\(|https?:\/\//u)
          ? { what: "A program makes R run something each time that it starts" }
          : null,
    },
    {
      anchors: ["authorized_key:"],
      pattern:
        /authorized_key:[ \t]{0,4}\r?\n(?:[^\n]{0,200}\n){0,4}?[^\n]{0,40}\bkey:\s{0,4}["']?(?:https?:\/\/(?!(?:www\.)?(?:github|gitlab)\.com)[^\s"']{3,200}|ssh-(?:rsa|ed25519)\s{1,3}AAAA)/uy,
      judge: () => ({ what: "A key that stands in the skill, or at an address, may log in to the machine" }),
    },
    {
      anchors: ["get_url:", "win_get_url:"],
      pattern:
        /get_url:[ \t]{0,4}\r?\n(?=(?:[^\n]{0,200}\n){0,5}?[^\n]{0,20}url:\s{0,3}["']?https?:\/\/(?:\d{1,3}\.){3}\d)(?=(?:[^\n]{0,200}\n){0,6}?[^\n]{0,20}(?:mode:\s{0,3}["']?[0-7]{0,2}[1357][0-7]{0,2}|dest:\s{0,3}["']?\/(?:usr|opt|etc|bin))[^\n]{0,60})/uy,
      judge: () => ({ what: "A program from a bare address is put onto the machine" }),
    },
    {
      anchors: ["@reboot", "@hourly", "@daily", "* * * *"],
      pattern:
        /(?:@reboot|@hourly|@daily|(?:[\d*/,-]{1,9}\s{1,3})?\*\s\*\s\*\s\*)\s[^\n]{0,60}?(?:curl|wget|nc\s|bash\s{1,3}-[ic]|python\d?\s{1,3}-c|base64|\/tmp\/\.|\/dev\/shm)[^\n]{0,200}/iuy,
      judge: (match) =>
        /\|\s*(?:ba|z|da)?sh\b|base64|\/tmp\/|\/dev\/shm|\$\(|-[ic]\s/u.test(match.text.slice(match.start, match.end))
          ? {}
          : match.place.kind === "prose"
            ? { action: "note" }
            : { action: "warn" },
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
          : /\bgrep\s{1,3}-\w{0,3}v\w{0,3}\s[^\n]{0,120}$/u.test(match.place.linePrefix) ||
              /grep\s{1,3}-\w{0,3}v\w{0,3}\s/u.test(match.text.slice(match.start, match.end)) ||
              /^\W{0,3}\s{1,3}[^\s;&|]{0,60}authorized_keys\W?(?:bak|old|orig|backup|save|\d)/u.test(
                match.text.slice(match.end, match.end + 90),
              )
            ? { action: "note" }
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
      judge: (match) =>
        /get-itemproperty|reg(?:\.exe)?\s+query|get-childitem|openkey\b[^\n]{0,40}key_read/iu.test(
          match.place.linePrefix + match.text.slice(match.start, match.end),
        )
          ? null
          : /scheduledtask/iu.test(match.text.slice(match.start, match.end)) && !match.has(MORE_THAN_A_TASK)
            ? { action: "warn" }
            : inText(match),
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

/** A task of a script that does nothing else of this may well be what the user wants to have done each week. */
const MORE_THAN_A_TASK =
  /https?:\/\/|curl|wget|\biwr\b|\birm\b|Invoke-(?:Web|Rest|Expression)|Download|base64|\s-e(?:nc\w*)?\s|hidden|AppData|\$env:(?:TEMP|TMP|PUBLIC)|%TEMP%|IEX|AtLogOn|AtStartup|WebClient|ScriptBlock\]/iu;

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
