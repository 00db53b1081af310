import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const lure = defineTextRule({
  ...family,
  id: "CODE-LURE",
  reasonCode: "malicious.install_terminal_payload",
  summary: "A text makes its reader fetch and run a program by hand, in the way that campaigns against skills do.",
  why: "A password keeps scanners out of the archive, and a command that is pasted is not looked at (ClawHavoc, January 2026).",
  fix: "Name a package of a known registry, or the project's own release page, without a password and without a command to paste.",
  example: {
    path: "SKILL.md",
    caught: "Download agent.zip, extract it with pass{gap}word: openclaw, and run the program first.\n",
    instead: "Install the program from your distribution first.\n",
  },
  triggers: [
    {
      anchors: ["paste it in", "paste it into", "paste the line", "paste the command", "paste that in", "paste this in"],
      behind: 320,
      pattern:
        /https?:\/\/[^\n]{3,200}[^]{0,120}?copy (?:the )?(?:whole |full |entire |complete )?(?:installer |install |installation )?(?:line|command|code|text)[^]{0,80}?paste (?:it|that|this|the (?:line|command)) in(?:to)? (?:a |the |your )?(?:terminal|powershell|console|shell|command prompt)[^\n]{0,200}/giu,
      judge: ({ text, start, end, place }) =>
        place.kind === "prose" && !place.isMention
          ? {
              action: /password/iu.test(text.slice(start, end)) ? "reject" : "warn",
              what: "A text has its reader copy a command from a page and run it unseen",
            }
          : null,
    },
    {
      anchors: ["com.apple.quarantine", "xattr -c", "unblock-file"],
      behind: 300,
      pattern: /(?:https?:\/\/|download)[^]{0,260}?(?:xattr\s{1,3}-\w{1,3}\s[^\n]{0,60}|Unblock-File\s[^\n]{0,40})/giu,
      judge: ({ text, start, end, place }) =>
        place.kind === "prose" && /chmod\s\+x|sudo|start it|run it|open it/iu.test(text.slice(start, end + 160))
          ? {
              action: place.isInFence ? "note" : "reject",
              what: "A text has its reader take the system's warning off a program and run it",
            }
          : null,
    },
    {
      anchors: ["password", "passwort", "pass:", "pwd:", "passcode"],
      behind: 260,
      pattern:
        /(?:\.(?:zip|rar|7z|exe|dmg|pkg|msi)|(?:zip|archive|extract|unzip|unpack)(?:ed|ing)?)(?!\w)[^]{0,240}?(?<!\w)(?:password|passwort|pass|pwd|passcode)(?:\s{0,3}(?:is|to|for)[^\n]{0,20}|\s{0,3}[:=`"'(]|\s{1,3}protected)[^\n]{0,80}/giu,
      subject: "words",
      judge: judgePasswordArchive,
    },
    {
      anchors: [
        "extract using",
        "extract with",
        "extracted with",
        "unzip with",
        "unpack with",
        "unzip using",
        "archive pass",
        "extraction pass",
      ],
      behind: 320,
      pattern:
        /(?:\.(?:zip|rar|7z|exe|dmg|pkg|msi)|download)(?!\w)[^]{0,300}?(?:(?:extract|unzip|unpack)(?:ed)?\s(?:using|with)\s{0,2}(?:[:`"'“]|pass\w{0,6}|code|key|the (?:pass\w{0,6}|code|key))|(?:archive|extraction)\spass)[^\n]{0,80}/giu,
      subject: "words",
      judge: (match) =>
        /\b(?:7z|7-zip|tar|unzip|winrar|keka)\b\s*(?:,|\.|or|and|$)/iu.test(match.text.slice(match.end - 60, match.end))
          ? null
          : judgePasswordArchive(match),
    },
    {
      anchors: [
        "glot.io",
        "rentry.",
        "pastebin.com",
        "hastebin",
        "ghostbin",
        "telegra.ph",
        "paste.ee",
        "controlc.com",
        "justpaste",
        "paste.rs",
        "dpaste",
        "privatebin",
      ],
      behind: 80,
      pattern:
        /https?:\/\/(?:www\.)?(?:glot\.io|rentry\.\w{2,8}|pastebin\.com|hastebin\.\w{2,4}|ghostbin\.\w{2,4}|telegra\.ph|paste\.ee|controlc\.com|justpaste\.\w{2,3}|paste\.rs|dpaste\.\w{2,4}|privatebin\.\w{2,4})\/[^\n]{1,300}/giu,
      judge: ({ text, start, end, place }) =>
        place.kind === "prose" &&
        /\b(?:terminal|powershell|command|execute|run|paste|copy|install)\b/iu.test(`${place.linePrefix}${text.slice(start, end)}`)
          ? {}
          : null,
    },
    {
      anchors: ["/releases/download/"],
      behind: 500,
      pattern:
        /(?:before (?:using|you (?:start|begin)|setting)|prerequisites?|requires?|required|must (?:first )?(?:be )?(?:install|download))(?!\w)[^]{0,300}?download[^]{0,160}?\/releases\/download\/[^\s)"'`]{3,200}\.(?:zip|exe|rar|7z|dmg|pkg|msi)/giu,
      judge: ({ place }) =>
        place.kind === "prose"
          ? { action: "warn", what: "A program from somebody's releases has to be run before the skill is used" }
          : null,
    },
    {
      anchors: ["paste"],
      behind: 160,
      pattern:
        /(?:(?:copy|paste)[^.\n]{0,60}?(?:terminal|powershell|command prompt|console|cmd|shell|run dialog|win\s?\+\s?r)|(?:terminal|powershell|command prompt|console|run dialog|win\s?\+\s?r)[^.\n]{0,60}?paste)/giu,
      judge: judgePasted,
    },
  ],
});

function judgePasswordArchive({ text, start, end, place }: Match): Judgement | null {
  const around = text.slice(start, end + 200);
  if (!/download|extract|unzip|unpack|prerequisite|run |install/iu.test(text.slice(Math.max(0, start - 200), end + 200))) return null;
  if (
    /(?:your|the user's|a strong|choose|set|enter|own|any|prompt(?:ed)? for)\s+(?:a |the |zip |archive |own )?pass|--password|argv|param|\barg\b|`?Password`? \||password(?:-| )protected (?:pdf|file|document)s?/iu.test(
      around,
    ) ||
    place.kind !== "prose" ||
    place.isInFence
  )
    return null;
  return /\.(?:exe|dmg|pkg|msi|zip|rar|7z)\b|https?:/iu.test(around) &&
    /https?:|\]\(|download|run |execute|launch/iu.test(text.slice(Math.max(0, start - 260), end + 200))
    ? {}
    : null;
}

/** A command that is pasted and hides what it does. */
function judgePasted({ text, start, end }: Match): Judgement | null {
  const near = text.slice(Math.max(0, start - 300), end + 900);
  if (
    /base64\s+(?:-d|-D|--decode)|(?:\d{1,3}\.){3}\d{1,3}\/|frombase64string|-enc(?:odedcommand)?\s|glot\.io|rentry\.co|pastebin|\$\(echo|curl[^\n]*\|\s*(?:ba|z)?sh/iu.test(
      near,
    )
  )
    return {};
  return null;
}
