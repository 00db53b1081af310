import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, nameOf } from "./family.ts";

export const registry = defineTextRule({
  ...family,
  id: "AUTO-REGISTRY",
  summary: "A file makes a package manager take its packages from another place.",
  why: "The packages have the right names and somebody else's code.",
  fix: "Remove the setting; users who need another registry have set it for themselves.",
  example: { path: ".npmrc", caught: "regi{gap}stry=https://npm.example.invalid/\n", instead: "save-exact=true\n" },
  triggers: [
    {
      anchors: ['spec: "http:', "spec: 'http:", "spec: http:"],
      where: /\.yarnrc\.yml$/u,
      pattern: /spec:\s{0,3}["']?http:[^\n]{3,200}/iuy,
      judge: () => ({
        what: "A plug-in of the package manager comes from an address, over a connection that anybody on the way can change",
      }),
    },
    {
      anchors: ["strict-ssl=false", "strict-ssl = false", "strict-ssl false"],
      pattern: /strict-ssl[ =]{1,3}false/iuy,
      judge: ({ place, text, start, end }) =>
        place.kind === "prose" &&
        !place.isMention &&
        /registry\s{0,3}=?\s{0,3}https?:\/\/(?!registry\.npmjs\.org|localhost|127\.)/iu.test(
          text.slice(Math.max(0, start - 300), end + 300),
        )
          ? { what: "A text has packages taken from another place, without a look at its certificate" }
          : null,
    },
    {
      anchors: [
        "registry",
        "index-url",
        "index_url",
        "extra-index-url",
        "trusted-host",
        "find-links",
        "npmregistryserver",
        "[source.crates-io]",
        "replace-with",
        "goproxy",
        "gosumdb",
        "proxy=",
        "sources.list",
        "[[source]]",
        "mirror",
        "script-shell",
        "node-options",
        "git=",
        "shell=",
      ],
      pattern:
        /(?:(?:@[\w-]{1,40}:)?registry|index[-_]url|extra[-_]index[-_]url|trusted-host|find-links|npmRegistryServer|replace-with|GOPROXY|GOSUMDB|GOFLAGS|https?-proxy|script-shell|node-options|shell|git|url)["']?(?:\s{0,4}[=:]\s{0,4}|\s{1,4}(?=https?:))["']?(?<value>[^\s"']{1,200})/iuy,
      judge: judgeRegistry,
    },
    {
      anchors: ["filter=", "[filter ", "fsmonitor", "sshcommand", "hookspath", "[core]", "textconv", "smudge", "clean ="],
      pattern:
        /(?:\bfilter=(?!lfs\b)[\w-]{1,40}|\[filter\s{1,3}"(?!lfs")|fsmonitor\s{0,4}=|sshCommand\s{0,4}=|hooksPath\s{0,4}=|textconv\s{0,4}=|smudge\s{0,4}=)[^\n]{0,120}/iuy,
      judge: ({ place, text, start, end }) =>
        /(?:^|\/)(?:\.gitattributes|\.gitconfig|gitconfig|\.git\/config|\.gitmodules)$/u.test(place.path)
          ? place.path.endsWith(".gitattributes") && !/=/u.test(text.slice(start, end))
            ? null
            : { what: "A file makes git run a program" }
          : null,
    },
  ],
});

const KNOWN_REGISTRIES =
  /^(?:https?:)?\/\/(?:registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|pypi\.org|files\.pythonhosted\.org|test\.pypi\.org|download\.pytorch\.org|pypi\.nvidia\.com|rubygems\.org|proxy\.golang\.org|sum\.golang\.org|index\.crates\.io|npm\.jsr\.io|registry\.npmmirror\.com|pypi\.tuna\.tsinghua\.edu\.cn|mirrors\.aliyun\.com)(?:[/:]|$)/iu;

function judgeRegistry({ place, text, start, end, groups }: Match): Judgement | null {
  const name = nameOf(place.path);
  const isConfig =
    /^(?:\.npmrc|\.yarnrc(?:\.yml)?|pip\.conf|pip\.ini|\.pypirc|\.pip\.conf|requirements[\w.-]*\.txt|constraints\.txt|pipfile|\.bundle|bunfig\.toml|uv\.toml|\.condarc|go\.env|\.goenv)$/u.test(
      name,
    ) ||
    /\.cargo\/config/u.test(place.path) ||
    (name === "pyproject.toml" &&
      /index|url/iu.test(text.slice(start, end)) &&
      /\[\[?tool\.(?:uv|poetry)\.(?:index|source)/u.test(text.slice(Math.max(0, start - 300), start)));
  if (!isConfig) return null;
  const value = groups["value"] ?? "";
  const key = text.slice(start, end).toLowerCase();
  if (/^(?:script-shell|node-options|shell|git)/u.test(key))
    return name.startsWith(".npmrc") ? { what: "A file makes a package manager run another program" } : null;
  if (key.startsWith("url") && name !== "pipfile" && name !== "pyproject.toml" && name !== "bunfig.toml" && name !== "uv.toml") return null;
  if (/^(?:trusted-host)/u.test(key)) return /^(?:pypi\.org|files\.pythonhosted\.org)/u.test(value) ? null : {};
  if (!/\/\/|^\$|off|direct/iu.test(value)) return /replace-with|gosumdb/u.test(key) ? {} : null;
  return KNOWN_REGISTRIES.test(value.replace(/^sparse\+/u, "")) ? null : {};
}
