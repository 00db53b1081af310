import type { Trigger } from "../../text-rule.ts";

/** Private files and secrets that are sent, in whatever shell, string or setting the command stands. */
export const sentSecrets: readonly Trigger[] = [
  {
    anchors: [".npmrc", ".ssh", ".aws", ".netrc", ".gnupg", ".kube", "id_rsa", ".docker/config", ".git-credentials"],
    behind: 200,
    reach: 240,
    pattern:
      /(?<![\w-])(?:tar|cat|zip|gzip|base64|7z)\s[^\n|]{0,160}?(?:\.npmrc|\.ssh|\.aws|\.netrc|\.gnupg|\.kube|\bid_rsa|\.docker\/config|\.git-credentials)(?!\w)(?!\.pub)[^\n|]{0,80}\|[^\n]{0,60}?(?<![\w-])(?:curl|nc|ncat|wget|socat)\s[^\n]{0,160}/giu,
  },
  {
    anchors: ["@/run/secrets"],
    behind: 200,
    pattern: /(?<![\w-])curl\s[^\n]{0,180}?@\/run\/secrets\/[^\n]{0,160}/giu,
    judge: () => ({ what: "A secret of a build is sent over the network" }),
  },
  {
    anchors: ["$(printenv", "$(gh auth token", "$(security find", "$(pass "],
    behind: 240,
    pattern: /https?:\/\/[^\s"'\x60]{3,200}[?&/][^\s"'\x60]{0,80}\$\((?:printenv|gh auth token|security find|pass)\b[^)\n]{0,80}\)/giu,
    judge: () => ({ what: "A secret goes into an address that is fetched" }),
  },
  {
    anchors: ["post_form("],
    pattern:
      /post_form\(\s{0,3}(?:URI\(\s{0,3}|URI\.parse\(\s{0,3})?["']https?:\/\/[^"'\n]{3,200}["'][^\n]{0,200}?(?:File\.|IO\.)?read\b/uy,
    judge: ({ place, text, start, end }) =>
      place.kind === "script"
        ? { action: /https?:\/\/[^/"']{0,80}(?:paste|bin\b|dump|drop)/iu.test(text.slice(start, end)) ? "reject" : "warn" }
        : null,
  },
  {
    anchors: ["localcommand", "proxycommand", "knownhostscommand"],
    pattern:
      /(?:LocalCommand|ProxyCommand|KnownHostsCommand)[\s=]{1,4}[^\n]{0,240}?(?<![\w-])(?:curl|wget|tar|python\d?|(?:nc|ncat)(?![^\n]{0,120}%h))\s/iuy,
    judge: ({ place }) =>
      place.kind === "prose" && !place.isInFence ? null : { what: "A setting of ssh sends or fetches something with each connection" },
  },
];
