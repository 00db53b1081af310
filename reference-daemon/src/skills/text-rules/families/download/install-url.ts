import { defineTextRule } from "../../text-rule.ts";
import { family, SHADY } from "./family.ts";

export const install = defineTextRule({
  ...family,
  id: "CODE-INSTALL-URL",
  severity: "high",
  action: "warn",
  reasonCode: "suspicious.dangerous_exec",
  summary: "A package is installed from an address, not from a registry by name.",
  why: "What is installed can change at any time, and nobody else looks at it.",
  fix: "Publish the package, or pin a commit and give its digest.",
  example: { path: "SKILL.md", caught: "pip in{gap}stall http://203.0.113.7/pkg.tar.gz\n", instead: "pip install requests==2.32.0\n" },
  triggers: [
    {
      anchors: ["git+http://"],
      pattern: /git\+http:\/\/(?!localhost|127\.)[^\s"'`]{3,200}/iuy,
      judge: ({ place }) => ({
        action: place.kind === "prose" && place.isMention ? "note" : "reject",
        what: "A package comes over a connection that anybody on the way can change",
      }),
    },
    {
      anchors: [
        "pip install",
        "pip3 install",
        "npm install",
        "npm i ",
        "npx ",
        "uvx ",
        "uv pip install",
        "gem install",
        "go install",
        "go run",
        "yarn add",
        "pnpm add",
        "pnpm dlx",
        "bunx ",
        "cargo install",
        "easy_install",
      ],
      pattern:
        /(?:pip3?|uv pip) install[^\n|;&]{0,120}?\s["']?(?:https?:\/\/(?!(?:[\w.-]{0,60}\.)?(?:pypi\.org|pytorch\.org|pythonhosted\.org|github\.com)\/)|(?:--index-url|--extra-index-url|-i|--trusted-host)[ =](?!https?:\/\/(?:[\w.-]{0,60}\.)?(?:pypi\.org|pytorch\.org|nvidia\.com)))|(?:npm (?:install|i)|npx|yarn add|pnpm add|pnpm dlx|bunx|uvx)\s{1,3}(?:-{1,2}[a-z-]{1,20}\s{1,3}){0,4}["']?(?:https?:\/\/(?!(?:registry\.npmjs\.org|github\.com|codeload\.github\.com)\/)|--registry[ =](?!https?:\/\/registry\.npmjs))|go (?:install|run)\s{1,3}https?:|easy_install\s{1,3}https?:/iuy,
      judge: (match) =>
        SHADY.test(match.text.slice(match.start, match.end + 120).split("\n", 1)[0] ?? "") ||
        /http:\/\//iu.test(match.text.slice(match.start, match.end))
          ? { action: "reject" }
          : {},
    },
  ],
});
