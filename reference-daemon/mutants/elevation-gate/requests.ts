import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const admission = "src/elevation/admission.ts";
const reason = "src/elevation/reason.ts";
const redaction = "src/elevation/redaction.ts";

const ttl = (id: string, message: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["ELV-013"],
  message,
  file: admission,
  find,
  replace,
});
const characters = (id: string, message: string, replace: string): SourcePatch => ({
  id,
  kills: ["ELV-015"],
  message,
  file: reason,
  find: "FORBIDDEN.test(reason)",
  replace,
});

/** What is asked for. */
export const requestMutants: readonly SourcePatch[] = [
  ttl("takes-any-time", "requested with 0 ms", "ttlMs < SHORTEST_TTL_MS || ", "ttlMs < -70_000 || "),
  ttl("takes-a-millisecond-too-little", "requested with 999 ms", "ttlMs < SHORTEST_TTL_MS", "ttlMs < SHORTEST_TTL_MS - 1"),
  ttl("takes-a-millisecond-too-much", "requested with 3600001 ms", "ttlMs > policy.maxTtlMs", "ttlMs > policy.maxTtlMs + 1"),
  {
    id: "rounds-the-time",
    kills: ["ELV-013"],
    message: "requested with 1000.5 ms",
    file: gate,
    find: 'const request = parseArgument("request", elevationRequestSchema, givenRequest);',
    replace:
      'const asked = parseArgument("request", elevationRequestSchema, givenRequest);\n    const request = { ...asked, ttlMs: Math.round(asked.ttlMs) };',
  },
  ttl("refuses-the-longest-time", "requested with 3600000 ms", "ttlMs > policy.maxTtlMs", "ttlMs >= policy.maxTtlMs"),
  ttl("refuses-the-shortest-time", "requested with 1000 ms", "ttlMs < SHORTEST_TTL_MS", "ttlMs <= SHORTEST_TTL_MS"),
  ttl("has-no-longest-time", "requested with", "ttlMs > policy.maxTtlMs", "ttlMs > 86_400_000"),
  {
    id: "says-no-limits",
    kills: ["ELV-013"],
    message: "with `limits`",
    file: gate,
    find: 'if (code === "E_TTL_RANGE" || code === "E_TOOL") return replyOf(code, { limits });',
    replace: 'if (code === "E_TOOL") return replyOf(code, { limits });',
  },
  {
    id: "counts-the-reason-in-units",
    kills: ["ELV-014"],
    message: "of two units each",
    file: reason,
    find: "const { length } = Array.from(kept);",
    replace: "const { length } = kept;",
  },
  {
    id: "counts-white-space-around-a-reason",
    kills: ["ELV-014"],
    message: "in white space",
    file: reason,
    find: 'const kept = reason.trim().normalize("NFC");',
    replace: 'const kept = reason.normalize("NFC");',
  },
  { id: "takes-short-reasons", kills: ["ELV-014"], message: "no reason", file: reason, find: "length < SHORTEST ||", replace: "" },
  { id: "takes-long-reasons", kills: ["ELV-014"], message: "201 characters", file: reason, find: "length > LONGEST ||", replace: "" },
  {
    id: "refuses-the-longest-reason",
    kills: ["ELV-014"],
    message: "200 characters",
    file: reason,
    find: "length > LONGEST",
    replace: "length >= LONGEST",
  },
  characters("takes-any-character", "a line feed", "kept === undefined"),
  characters("looks-for-ascii-controls-only", "C1 CSI", "/[\\0-\\x1F\\x7F]/u.test(reason)"),
  characters("looks-at-the-trimmed-reason", "at the end", "FORBIDDEN.test(kept)"),
  characters("takes-zero-width-characters", "a zero-width space", "/[\\p{Cc}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]/u.test(reason)"),
  characters("takes-separators", "a line separator", "/[\\p{Cc}\\p{Cf}]/u.test(reason)"),
  characters("takes-latin-only", "Chinese", "/[^\\x20-\\x7E\\u00A0-\\u024F\\u{1F600}]/u.test(reason)"),
  {
    id: "escapes-the-reason",
    kills: ["ELV-015"],
    message: "quotes and backslashes",
    file: gate,
    find: 'redact(acceptedReason(request.reason) ?? "");',
    replace: 'redact((acceptedReason(request.reason) ?? "").replaceAll("\\\\", "/"));',
  },
  {
    id: "takes-any-tool",
    kills: ["ELV-016"],
    message: "an unknown tool",
    file: admission,
    find: "tools?.some((tool) => !askable.includes(tool))",
    replace: "tools?.some((tool) => !/^[a-z]/u.test(tool))",
  },
  {
    id: "drops-unknown-tools",
    kills: ["ELV-016"],
    message: "one of two unknown",
    file: admission,
    find: "tools?.some((tool) => !askable.includes(tool))",
    replace: "tools?.every((tool) => !askable.includes(tool))",
  },
  {
    id: "renews-with-each-request",
    kills: ["ELV-017"],
    message: "3000 ms after the confirmation",
    file: gate,
    find: 'if (this.#grants.active(key)) return "E_ALREADY_ACTIVE";',
    replace:
      'const active = this.#grants.active(key);\n    if (active) {\n      active.activate(this.#grants.now());\n      return "E_ALREADY_ACTIVE";\n    }',
  },
  {
    id: "supersedes-before-it-looks-at-the-request",
    kills: ["ELV-013", "ELV-014", "ELV-016", "ELV-046"],
    message: "still pending, and no other",
    file: gate,
    find: "    const refusal = this.#refusal(context) ?? problemOf(request, this.#policy) ?? this.#obstacle(key);\n",
    replace:
      '    const before = this.#grants.pending(key);\n    if (before && !this.#refusal(context)) this.#grants.end(before, "superseded", "a new request");\n    const refusal = this.#refusal(context) ?? problemOf(request, this.#policy) ?? this.#obstacle(key);\n',
  },
  {
    id: "redacts-no-reason",
    kills: ["ELV-053"],
    message: "a reason that holds a secret",
    file: gate,
    find: 'redact(acceptedReason(request.reason) ?? "");',
    replace: '{ text: acceptedReason(request.reason) ?? "", redactions: redact("").redactions };',
  },
  {
    id: "does-not-know-urls",
    kills: ["ELV-053", "ELV-054"],
    message: "in the userinfo of a URL",
    file: redaction,
    find: "[^\\s/@]+@/giu",
    replace: "[^\\s/@:]+@/giu",
  },
];
