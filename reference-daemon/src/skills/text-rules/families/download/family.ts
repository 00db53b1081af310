import type { Judgement, Match } from "../../text-rule.ts";

export const family = { category: "code", severity: "critical", action: "reject", subject: "commands" } as const;

/** Marks that turn an installation command into an attack: nobody honest hides where it comes from. */
export const SHADY =
  /(?<![\w.])(?:curl|wget)\s[^\n|]{0,80}?\s["']?(?:\/\/)?(?:\d{1,3}\.){3}\d{1,3}[:/]|https?:\/\/(?:\d{1,3}\.){3}\d{1,3}|https?:\/\/(?:0x[0-9a-f]{6,8}|\d{8,10})\b|https?:\/\/[^\s/]{0,80}(?:pastebin|paste\.|ghostbin|hastebin|rentry|glot\.io|termbin|transfer\.sh|bit\.ly|tinyurl|t\.co\/|is\.gd|goo\.gl|cutt\.ly|ngrok|trycloudflare|webhook\.site|requestbin|serveo|localhost\.run|anonfiles|file\.io|0x0\.st|raw\.githubusercontent\.com\/[^/\s]{1,60}\/[^/\s]{1,80}\/[0-9a-f]{0,2}tmp)|base64\s{1,3}(?:-d|--decode|-D)|\.onion\b|\$\(echo\b|<<<|--insecure|\s-[a-zA-Z]{0,6}k[a-zA-Z]{0,6}\s|\b(?:password|pass|pw):?\s|\bxattr\b/iu;

/** What the makers of common tools have one run, from an address that is theirs alone. */
const KNOWN_INSTALLER =
  /^https:\/\/(?:astral\.sh\/(?:uv|ruff)\/|sh\.rustup\.rs(?:$|\/)|bun\.sh\/install|deno\.land\/install|get\.docker\.com(?:$|\/)|get\.pnpm\.io\/|install\.python-poetry\.org(?:$|\/)|deb\.nodesource\.com\/setup|rpm\.nodesource\.com\/setup|raw\.githubusercontent\.com\/(?:Homebrew\/install|nvm-sh\/nvm|ohmyzsh\/ohmyzsh|pyenv\/pyenv-installer|helm\/helm|rbenv\/rbenv-installer)\/|ollama\.com\/install\.sh|get\.k3s\.io(?:$|\/)|tailscale\.com\/install\.sh|starship\.rs\/install\.sh|fly\.io\/install\.sh|get\.sdkman\.io(?:$|\/)|nixos\.org\/nix\/install|install\.determinate\.systems\/|mise\.run(?:$|\/)|cli\.github\.com\/|claude\.ai\/install|proxy\.golang\.org\/)/u;

/** In a script it happens; in a text somebody may do it, knowing what it is, unless something about it is shady. */
export function judgeDownload({ text, start, end, place, installerHosts }: Match): Judgement | null {
  const matched = text.slice(start, end);
  if (SHADY.test(matched) || SHADY.test(text.slice(start, Math.min(text.length, end + 60)).split("\n", 1)[0] ?? "")) return {};
  const hosts = [...matched.matchAll(/https?:\/\/([^\s/:"'`)]{1,253})/giu)].map(([, host]) => (host ?? "").toLowerCase());
  if (hosts.length > 0 && hosts.every((host) => installerHosts.includes(host)))
    return { action: "note", what: "A download is run, from a host that the policy names" };
  const isKnown =
    hosts.length > 0 && [...matched.matchAll(/https?:\/\/[^\s"'`)|;&]{1,300}/giu)].every(([address]) => KNOWN_INSTALLER.test(address));
  if (place.kind === "prose" || place.kind === "markup" || place.isComment || isKnown) return { action: "warn" };
  return {};
}
