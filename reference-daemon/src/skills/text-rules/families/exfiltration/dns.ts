import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const dns = defineTextRule({
  ...family,
  id: "CODE-DNS",
  severity: "high",
  summary: "Data is sent in the names that are looked up.",
  why: "Firewalls let name lookups through, so that data leaves unnoticed.",
  fix: "Remove it.",
  example: { path: "scripts/run.sh", caught: "nsl{gap}ookup $(whoami | base64).x.example.invalid\n", instead: "nslookup example.com\n" },
  triggers: [
    {
      anchors: ["lookuphost(", "lookuptxt(", "lookupip(", "lookupcname("],
      pattern: /Lookup(?:Host|TXT|IP|CNAME)\(\s{0,3}[^)\n"]{1,60}\+\s{0,3}"\.[\w.-]{3,80}"/uy,
      judge: ({ has, place }) =>
        place.kind === "script" ? (has(/ReadFile\(|Getenv\(|EncodeToString\(/u) ? {} : { action: "warn" }) : null,
    },
    {
      anchors: [
        "nslookup",
        "dig ",
        "host ",
        "ping ",
        "resolve-dnsname",
        "gethostbyname",
        "dns.resolve",
        "dns.lookup",
        "getaddrinfo",
        "resolver.query",
        "resolver.resolve",
      ],
      pattern:
        /(?<![\w-])(?:(?<=^|[\n;&|$(][ \t]{0,12}|\bdo |\bthen )(?:nslookup|dig|host|ping|resolve-dnsname)\s[^\n]{0,60}?(?:\$\(|`|\$\{?(?:data|enc\w{0,8}|secret|token|key|chunk|payload|line|hex|b64|part|c|d|x)\}?\.)[^\n]{0,120}?\.[a-z]{2,}|(?:gethostbyname|getaddrinfo|dns\.(?:resolve\w{0,4}|lookup|promises\.resolve\w{0,4})|resolver\.(?:query|resolve))\(\s{0,3}(?:f["'`][^\n"'`]{0,40}\{|[`"'][^\n`"']{0,40}\$\{|[\w.()[\]:]{1,60}\s{0,3}\+\s{0,3}["'`]\.|["'`][^"'`\n]{0,20}%s\.)[^\n]{0,160})/iuy,
      judge: ({ text, start, end, has, place }) =>
        /^[^\n]{0,40}\)\s{0,3};\s{0,3}do\b/u.test(text.slice(start, end)) || (place.kind === "prose" && !place.isInFence && !place.isQuoted)
          ? null
          : /\$\(|`/u.test(text.slice(start, end)) ||
              has(/environ|process\.env|base64|b64encode|hexlify|\.ssh|secret|token|toString\(["'](?:hex|base64)/iu)
            ? {}
            : { action: "warn" },
    },
  ],
});
