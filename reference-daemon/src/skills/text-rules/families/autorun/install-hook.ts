import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, nameOf } from "./family.ts";

const DOES_MUCH = /curl|wget|https?:\/\/|node\s+-e|python\d?\s+-c|bash|powershell|\bsh\s|base64|eval|\bnc\s|rm\s+-rf|\$\(|&&|\|/iu;

/** What a build asks for the flags of a library or for the version, and compilers. */
const BUILD_TOOL =
  /^\s{0,8}\[?\s{0,8}["'](?:pkg-config|git|cmake|make|ninja|gcc|g\+\+|cc|clang(?:\+\+)?|nvcc|rustc|xcrun|sw_vers|uname|[\w-]{1,20}-config)["'\s]/u;
const RUNS_MORE_THAN_TOOLS = new RegExp(
  String.raw`os\.(?:system|popen)|urlopen|requests\.|(?<![\w.])exec\(|socket|subprocess\.\w{2,14}\((?!${BUILD_TOOL.source.slice(1)})`,
  "u",
);

export const hook = defineTextRule({
  ...family,
  id: "AUTO-HOOK",
  summary: "A package runs a program when it is installed.",
  why: "It runs before anybody has decided to run anything, with the rights of whoever installs.",
  fix: "Remove the script; let users run a documented command.",
  example: {
    path: "package.json",
    caught: '{ "scripts": { "postin{gap}stall": "node collect.js" } }\n',
    instead: '{ "scripts": { "test": "vitest run" } }\n',
  },
  triggers: [
    {
      anchors: [
        '"preinstall"',
        '"postinstall"',
        '"install"',
        '"prepare"',
        '"prepublish"',
        '"preprepare"',
        '"postprepare"',
        '"dependencies"',
        "'postinstall'",
        '"post-install-cmd"',
        '"post-update-cmd"',
      ],
      pattern:
        /["'](?<script>preinstall|postinstall|install|prepare|prepublish|preprepare|postprepare|post-install-cmd|post-update-cmd)["']\s{0,8}:\s{0,8}["'[](?<command>[^\n]{1,400})/uy,
      judge: judgeHook,
    },
    {
      anchors: ['"bin"'],
      pattern: /"bin"\s{0,8}:\s{0,8}\{(?<names>[^}]{1,600})\}/uy,
      judge: ({ place, groups }) =>
        nameOf(place.path) === "package.json" &&
        /"(?:git|node|npm|npx|pnpm|yarn|python\d?|pip\d?|ssh|scp|curl|wget|ls|cat|sudo|su|docker|kubectl|aws|gcloud|bash|sh|env|make|go|cargo|claude|codex)"\s{0,4}:/u.test(
          groups["names"] ?? "",
        )
          ? { what: "A package installs a program under the name of another one" }
          : null,
    },
    {
      anchors: ["cmdclass"],
      pattern: /cmdclass\s{0,4}=\s{0,4}/uy,
      judge: ({ place, has }) => (nameOf(place.path) === "setup.py" ? (has(RUNS_MORE_THAN_TOOLS) ? {} : { action: "warn" }) : null),
    },
    {
      anchors: ["os.system", "subprocess", "urlopen", "requests.", "exec(", "popen"],
      pattern: /(?:os\.(?:system|popen)|subprocess\.\w{2,14}|urlopen|requests\.(?:get|post)|(?<![\w.])exec)\s{0,3}\(/uy,
      judge: ({ place, has, text, end }) =>
        (/^(?:setup\.py|conftest\.py|sitecustomize\.py|usercustomize\.py|noxfile\.py)$/u.test(nameOf(place.path)) &&
          (nameOf(place.path) !== "setup.py" || has(/(?:from|import)\s{1,4}(?:setuptools|distutils)/u))) ||
        nameOf(place.path).endsWith(".pth")
          ? {
              action: nameOf(place.path) === "noxfile.py" || BUILD_TOOL.test(text.slice(end, end + 80)) ? "note" : "reject",
              what: "A file that is run by its name alone starts a program or uses the network",
            }
          : null,
    },
    {
      anchors: ["import "],
      where: /\.pth$/u,
      pattern: /(?<=^|\n)import [^\n]{0,400}[;,][^\n]{0,400}/uy,
      judge: ({ place }) => (nameOf(place.path).endsWith(".pth") ? {} : null),
    },
    {
      anchors: ["<!(", "<!@("],
      pattern: /<!@?\([^)\n]{2,200}\)/uy,
      judge: ({ place, text, start, end }) =>
        /\.gypi?$/u.test(nameOf(place.path)) &&
        !/node\s+-[ep]\s+["'\\]*require\(["'\\]*node-addon-api|nan["'\\]*\)/u.test(text.slice(start, end))
          ? {}
          : null,
    },
    {
      anchors: ["build.rs", "extconf.rb", "post_install", "post-install"],
      pattern: /post_install\s{1,3}do\b|(?<=extensions\s{0,3}=\s{0,3}\[?["'])ext\/[\w/]{1,40}extconf\.rb/uy,
      judge: ({ place }) => (/\.gemspec$|^podfile$/u.test(nameOf(place.path)) ? { action: "warn" } : null),
    },
  ],
});

function judgeHook({ place, groups }: Match): Judgement | null {
  const name = nameOf(place.path);
  if (name !== "package.json" && name !== "composer.json") return null;
  const script = groups["script"] ?? "";
  const command = groups["command"] ?? "";
  if (
    /^(?:npx (?:-y |--yes )?)?(?:prisma generate|only-allow|node-gyp|electron-builder|playwright install|husky|patch-package|simple-git-hooks|lefthook install|tsc|npm run build|pnpm build|is-ci|ngcc)\b[^;&|]{0,40}$/u.test(
      command.replace(/["'].*$/u, "").replace(/\s*\|\|\s*(?:true|exit 0|:)\s*$/u, ""),
    )
  )
    return { action: "note" };
  if (/^(?:prepare|prepublish)$/u.test(script))
    return DOES_MUCH.test(command) && !/npm run|pnpm|yarn|tsc/u.test(command) ? {} : { action: "warn" };
  return {};
}
