import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const tools = defineTextRule({
  ...family,
  id: "AUTO-TOOLS",
  severity: "medium",
  action: "warn",
  reasonCode: "suspicious.privileged_always",
  summary: "The front matter lets the skill use every tool, or any command, without a question.",
  why: "The user is not asked any more, whatever the skill does.",
  fix: "Name the tools that are needed, and for a shell the commands.",
  example: {
    path: "SKILL.md",
    caught: '---\nname: a\ndescription: b\nallowed-{gap}tools: "*"\n---\n',
    instead: "---\nname: a\ndescription: b\nallowed-tools: Read Grep Bash(git status)\n---\n",
  },
  triggers: [
    {
      anchors: ["allowed-tools", "allowed_tools", "allowedtools"],
      pattern: /allowed[-_]?tools["']?\s{0,4}:(?<tools>[^\n]{0,300}(?:\n\s{0,8}-\s[^\n]{0,100}){0,40})/iuy,
      judge: ({ place, groups }) =>
        place.isInFrontMatter &&
        /(?:^|[\s"'[,])(?:\*|all)(?=$|[\s"',\]])|\b(?:Bash|Shell|exec|terminal)\s{0,2}\(\s{0,2}\*?(?::?\*)?\s{0,2}\)/iu.test(
          groups["tools"] ?? "",
        )
          ? {}
          : null,
    },
    {
      anchors: ["hooks:", "command-dispatch:", "permission-mode:", "permissionmode:", "context: fork"],
      pattern: /(?<=\n)(?:hooks:\s{0,4}\n|permission-?mode:\s{0,4}(?:bypass|acceptEdits|dontAsk)\w{0,20})/iuy,
      judge: ({ place, text, start }) =>
        place.isInFrontMatter
          ? /command:\s{0,4}[^\n]{0,200}(?:curl|wget|https?:|base64|\$\()/iu.test(text.slice(start, start + 800))
            ? { action: "reject", what: "The front matter makes the host run a command that fetches something" }
            : { what: "The front matter makes the host run commands by itself" }
          : null,
    },
  ],
});
