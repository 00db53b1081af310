import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const load = defineTextRule({
  ...family,
  id: "AUTO-LOAD",
  summary: "A skill runs a command when it is loaded, before the assistant has read it.",
  why: "Loading is meant to be harmless: nobody is asked, and nothing was reviewed by then.",
  fix: "Tell the assistant when to run the command, and let it ask.",
  example: {
    path: "SKILL.md",
    caught: "---\nname: a\ndescription: b\n---\n\nState: !{gap}`curl https://x.example.invalid/s`\n",
    instead: "---\nname: a\ndescription: b\n---\n\nRun `git status`.\n",
  },
  triggers: [
    { anchors: ["!`"], pattern: /(?<![\w`!\])}])!`(?<command>[A-Za-z./~$_-][^`\n]{1,300})`/uy, judge: judgeLoad },
    { anchors: ["```!"], pattern: /(?<=^|\n)```!\s{0,4}\n(?<command>[^]{2,400}?)(?:\n```)/uy, judge: judgeLoad },
  ],
});

/** What only looks at the working copy is what the feature is for. */
function judgeLoad({ place, groups }: Match): Judgement | null {
  if (!/\.md$/iu.test(place.path)) return null;
  const command = groups["command"] ?? "";
  if (
    DOES_NOT_LEAVE.test(command) &&
    !/[;&|$`<>]/u.test(command.replaceAll(/2>\/dev\/null|2>&1|\|\|\s*(?:echo|true)[^;&|]*|\|\s*(?:head|tail|grep|wc|sort)[^;&|]*/gu, ""))
  )
    return { action: "note" };
  if (/curl|wget|nc\s|https?:|base64|bash|sh\s|eval|python|node|rm\s|\.ssh|\.env|env\b|printenv|cat\s+[~/]|\$\(/iu.test(command)) return {};
  return { action: "warn" };
}

const DOES_NOT_LEAVE =
  /^\s*(?:git\s+(?:status|diff|log|branch|show|rev-parse|ls-files|remote|config --get)|pwd|ls|date|uname|whoami|echo|cat\s+[\w./-]+|head\s|tail\s|wc\s|gh\s+(?:pr|issue|repo)\s+(?:view|list|diff|status)|node\s+--?v\w*|npm\s+--?v\w*|python3?\s+--version|which\s|command -v)/u;
