const MASK = "[redacted]";

/** A name whose value is nobody's business. */
const SECRET_NAME = "(?:token|secret|passwd|password|passphrase|pwd|api[-_]?key|access[-_]?key|private[-_]?key|credentials?|auth)";

/** Each pattern keeps what names the value, in `kept`, and loses the value. */
const PATTERNS: readonly RegExp[] = [
  /(?<kept>)-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/giu,
  /(?<kept>[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/giu,
  /(?<kept>\b(?:bearer|basic)\s+)[^\s"',;]+/giu,
  new RegExp(`(?<kept>--?[a-z0-9-]*${SECRET_NAME}[a-z0-9-]*(?:\\s*[=:]\\s*|\\s+))(?:"[^"]*"|'[^']*'|[^\\s"']+)`, "giu"),
  new RegExp(`(?<kept>[a-z0-9_.-]*${SECRET_NAME}[a-z0-9_.-]*["']?\\s*[=:]\\s*)(?:"[^"]*"|'[^']*'|[^\\s"',;&]+)`, "giu"),
  /(?<kept>)\b(?:sk-[A-Za-z0-9_-]{16,}|gh[opusr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|hf_[A-Za-z0-9]{16,}|npm_[A-Za-z0-9]{16,}|AKIA[A-Z0-9]{12,}|ASIA[A-Z0-9]{12,}|AIza[\w-]{20,}|syt_[\w]{10,})/gu,
  /(?<kept>)\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]+)?/gu,
];

/** A text without what looks like a secret, and how many values were taken out. */
export function redact(text: string): { readonly text: string; readonly redactions: number } {
  let redactions = 0;
  let kept = text;
  for (const pattern of PATTERNS) {
    kept = kept.replace(pattern, (match: string, ...groups: unknown[]) => {
      const { kept: name = "" } = groups.at(-1) as { kept?: string };
      if (match === `${name}${MASK}`) return match;
      redactions += 1;
      return `${name}${MASK}${match.endsWith("@") ? "@" : ""}`;
    });
  }
  return { text: kept, redactions };
}

const SECRET_OPTION = new RegExp(`^--?[a-z0-9-]*${SECRET_NAME}[a-z0-9-]*$`, "iu");

/** Words that a password or a header with one comes after, in the programs that people use. */
const SECRET_COMES_NEXT = /^(?:-u|-p|-H|--header|--user|bearer|basic|[a-z-]*authorization:)$/iu;

/** The arguments of a call, redacted one by one, so that an option and its value are seen together. */
export function redactArguments(argv: readonly string[]): { readonly argv: readonly string[]; readonly redactions: number } {
  let redactions = 0;
  let isValue = false;
  const shown = argv.map((word) => {
    if (isValue) {
      // "Authorization: Bearer" is two words before the secret.
      isValue = SECRET_COMES_NEXT.test(word);
      redactions += 1;
      return MASK;
    }
    isValue = SECRET_OPTION.test(word) || SECRET_COMES_NEXT.test(word);
    const redacted = redact(word);
    redactions += redacted.redactions;
    return redacted.text;
  });
  return { argv: shown, redactions };
}
