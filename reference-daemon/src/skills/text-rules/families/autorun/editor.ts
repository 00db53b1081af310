import { defineTextRule } from "../../text-rule.ts";
import { family, nameOf } from "./family.ts";

export const editor = defineTextRule({
  ...family,
  id: "AUTO-EDITOR",
  action: "reject",
  summary: "A file makes an editor, a shell or an assistant run a program when the folder is opened.",
  why: "Opening the folder is enough; the program has the user's rights.",
  fix: "Remove the file, or let users start the task themselves.",
  example: {
    path: ".vscode/tasks.json",
    caught: '{ "tasks": [{ "command": "node a.js", "runOptions": { "runOn": "folder{gap}Open" } }] }\n',
    instead: '{ "tasks": [{ "command": "npm test" }] }\n',
  },
  triggers: [
    {
      anchors: ['"userpromptsubmit"', '"pretooluse"', '"posttooluse"', '"sessionstart"', '"sessionend"', '"stop"'],
      pattern: /"(?:UserPromptSubmit|PreToolUse|PostToolUse|SessionStart|SessionEnd|Stop)"\s{0,3}:/uy,
      judge: ({ place, text, start }) =>
        /settings(?:\.local)?\.json$/u.test(place.path) &&
        /"command"\s{0,3}:\s{0,3}"[^"\n]{0,200}(?:\bcurl\b|\bwget\b|\bnc\s|\bncat\b|https?:|base64)/u.test(text.slice(start, start + 800))
          ? { what: "A setting of the assistant sends or fetches something by itself" }
          : null,
    },
    {
      anchors: ["folderopen"],
      pattern: /folderOpen/uy,
      judge: ({ place, text }) =>
        /tasks\.json$|\.code-workspace$/u.test(nameOf(place.path))
          ? areBuildCommands(text) || runsOwnScripts(text)
            ? { action: "warn" }
            : {}
          : null,
    },
    {
      anchors: [
        "export ",
        "source",
        "curl",
        "wget",
        "eval",
        "exec ",
        "bash",
        "python",
        "node ",
        "nohup",
        "./",
        "$(curl",
        "$(wget",
        "$(bash",
      ],
      where: /(?:^|\/)\.envrc$/u,
      pattern:
        /(?<=^|[\n;&|]\s{0,8})(?:curl|wget|eval|exec|bash|sh|python\d?|node|source|nohup|\.\/[\w.-]{1,60}|[\w./-]{1,60}\s&)(?=\s)[^\n]{1,200}|\$\((?:curl|wget|bash)[^\n]{1,120}/uy,
      judge: ({ place, text, start, end }) =>
        nameOf(place.path) === ".envrc"
          ? /curl|wget|https?:|base64|nc\s|\/dev\/tcp|node|python|eval/u.test(text.slice(start, end)) &&
            !/venv|activate/u.test(text.slice(start, end))
            ? {}
            : { action: "warn" }
          : null,
    },
    {
      anchors: ['"hooks"', '"command"'],
      pattern: /"hooks"\s{0,8}:\s{0,8}[{[]/uy,
      judge: ({ place }) =>
        /(?:^|\/)\.(?:claude|cursor|gemini|codex|windsurf)\/[^/]{1,60}\.json$/u.test(place.path)
          ? place.path.startsWith(".") || place.path.includes("/.")
            ? {}
            : { action: "warn" }
          : null,
    },
    {
      anchors: ['"mcpservers"', '"servers"', '"mcp"'],
      pattern: /"(?:mcpServers|servers|mcp)"\s{0,8}:\s{0,8}\{/uy,
      judge: ({ place, has }) =>
        /(?:^|\/)(?:\.mcp\.json|mcp\.json|mcp_config\.json|claude_desktop_config\.json)$/u.test(place.path)
          ? has(
              /"command"\s{0,4}:\s{0,4}"(?:bash|sh|cmd|powershell|curl|python\d?"\s{0,4},\s{0,4}"args"\s{0,4}:\s{0,4}\[\s{0,4}"-c)|https?:\/\/(?:\d{1,3}\.){3}/u,
            )
            ? {}
            : { action: "warn" }
          : null,
    },
    {
      anchors: [
        "enableallprojectmcpservers",
        "dangerouslyskippermissions",
        '"bypasspermissions"',
        "apikeyhelper",
        '"defaultmode"',
        "anthropic_base_url",
        "openai_base_url",
        "awsauthrefresh",
        '"statusline"',
      ],
      pattern:
        /(?:enableAllProjectMcpServers"\s{0,4}:\s{0,4}true|dangerouslySkipPermissions|"bypassPermissions"|apiKeyHelper|awsAuthRefresh|"statusLine"|(?:ANTHROPIC|OPENAI)_BASE_URL"\s{0,4}:\s{0,4}"https?:\/\/(?!localhost|127\.|api\.(?:anthropic|openai)))/uy,
      judge: ({ place }) => (/(?:^|\/)\.(?:claude|cursor|gemini|codex)\//u.test(place.path) ? {} : null),
    },
    {
      anchors: ["autoapprove", "trust.enabled", "ld_preload", "git.path", "terminal.integrated", "automationprofile", "dyld_insert"],
      pattern:
        /(?:autoApprove"?\s{0,4}:\s{0,4}true|workspace\.trust\.enabled"\s{0,4}:\s{0,4}false|LD_PRELOAD|DYLD_INSERT_LIBRARIES|git\.path"\s{0,4}:\s{0,4}"(?:\.|\$\{workspace)|terminal\.integrated\.(?:automation)?profiles?[^\n]{0,60}|automationProfile)/iuy,
      judge: ({ place, text, start, end }) =>
        /(?:^|\/)\.(?:vscode|cursor|idea|zed)\/|\.code-workspace$/u.test(place.path) &&
        !/terminal\.integrated/iu.test(text.slice(start, end))
          ? { what: "Settings of an editor take its questions away, or replace a program that it starts" }
          : null,
    },
    {
      anchors: ["curl", "wget", "node ", "bash", "python", "npx ", "sh "],
      pattern: /(?:curl|wget|https?:\/\/|base64|\/dev\/tcp|node\s+-e|python\d?\s+-c)[^\n]{0,200}/uy,
      judge: ({ place }) => (/(?:^|\/)\.(?:husky|githooks|git\/hooks)\/[^/]{1,40}$/u.test(place.path) ? {} : null),
    },
  ],
});

/** What the makers of a program start while they work on it, and nothing else. */
function areBuildCommands(text: string): boolean {
  const commands = [...text.matchAll(/"command"\s{0,8}:\s{0,8}"(?<command>[^"\n]{0,300})"/gu)];
  return (
    !/"(?:args|options|shell)"/u.test(text.replaceAll('"type": "shell"', "")) &&
    commands.every(({ groups }) => BUILD_COMMAND.test(groups?.["command"] ?? ""))
  );
}

const BUILD_COMMAND =
  /^(?:(?:npm|pnpm|yarn|bun)(?: run)? [\w:-]+|(?:npx )?tsc(?: -[-\w]+)*|make [\w-]+|cargo \w+|go (?:build|test)[ \w./-]*)$/u;

/** Each task that is started so runs a script of the package by its name, which other rules look at. */
function runsOwnScripts(text: string): boolean {
  const tasks = text.split(/(?=\{\s{0,8}"label")/u).filter((task) => task.includes("folderOpen"));
  return tasks.length > 0 && tasks.every((task) => /"type"\s{0,3}:\s{0,3}"npm"/u.test(task) && !/"command"/u.test(task));
}
