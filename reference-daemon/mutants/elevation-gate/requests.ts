import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const keeper = "src/elevation/grant-keeper.ts";
const challenge = "src/elevation/challenge.ts";
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

/** What is asked for, and with which code it is confirmed. */
export const requestMutants: readonly SourcePatch[] = [
  {
    id: "never-compares-the-code",
    kills: ["ELV-004"],
    message: "in the place of the code",
    file: challenge,
    find: "return timingSafeEqual(challenge.digest, digestOf(code));",
    replace: "return code.length >= 0;",
  },
  {
    id: "compares-the-start-of-the-code",
    kills: ["ELV-004"],
    message: "with more than the code",
    file: challenge,
    find: 'return createHash("sha256").update(code, "utf8").digest();',
    replace: 'return createHash("sha256").update(code.slice(0, 8), "utf8").digest();',
  },
  {
    id: "takes-no-code-for-a-code",
    kills: ["ELV-004"],
    message: "with nothing",
    file: challenge,
    find: "return timingSafeEqual(challenge.digest, digestOf(code));",
    replace: 'return code === "" || timingSafeEqual(challenge.digest, digestOf(code));',
  },
  {
    id: "throws-at-a-code-of-another-length",
    kills: ["ELV-004"],
    message: "E_CODE",
    file: challenge,
    find: "return timingSafeEqual(challenge.digest, digestOf(code));",
    replace: "return code.length !== 8 || timingSafeEqual(challenge.digest, digestOf(code));",
  },
  {
    id: "one-wrong-code-ends-the-request",
    kills: ["ELV-004"],
    message: "after one wrong one",
    file: gate,
    find: 'if (grant.attemptsLeft > 0) return replyOf("E_CODE", { attemptsLeft: grant.attemptsLeft });',
    replace:
      'if (grant.attemptsLeft > 0) { this.#grants.end(grant, "denied", "a wrong code"); return replyOf("E_CODE", { attemptsLeft: grant.attemptsLeft }); }',
  },
  {
    id: "takes-any-number-of-guesses",
    kills: ["ELV-005"],
    message: "after three wrong ones",
    file: gate,
    find: "    grant.attemptsLeft -= 1;\n",
    replace: "    grant.attemptsLeft = Math.max(2, grant.attemptsLeft - 1);\n",
  },
  {
    id: "allows-one-guess-more",
    kills: ["ELV-005"],
    message: "after three wrong ones",
    file: gate,
    find: 'if (grant.attemptsLeft > 0) return replyOf("E_CODE", { attemptsLeft: grant.attemptsLeft });',
    replace: 'if (grant.attemptsLeft >= 0) return replyOf("E_CODE", { attemptsLeft: grant.attemptsLeft });',
  },
  {
    id: "has-no-lock",
    kills: ["ELV-005"],
    message: "right after three wrong codes",
    file: gate,
    find: "{ lockMs: this.#policy.lockoutMs }",
    replace: "{ lockMs: 0 }",
  },
  {
    id: "locks-for-a-millisecond-less",
    kills: ["ELV-005"],
    message: "into a lock of",
    file: gate,
    find: "{ lockMs: this.#policy.lockoutMs }",
    replace: "{ lockMs: this.#policy.lockoutMs - 1 }",
  },
  {
    id: "locks-for-a-millisecond-more",
    kills: ["ELV-005"],
    message: "after the last wrong code",
    file: gate,
    find: "{ lockMs: this.#policy.lockoutMs }",
    replace: "{ lockMs: this.#policy.lockoutMs + 1 }",
  },
  {
    id: "remembers-old-codes",
    kills: ["ELV-006"],
    message: "with a used code",
    file: challenge,
    find: "  return timingSafeEqual(challenge.digest, digestOf(code));",
    replace: `  const digest = digestOf(code);
  const isOld = USED.has(digest.toString("hex"));
  const isRight = timingSafeEqual(challenge.digest, digest);
  if (isRight) USED.add(digest.toString("hex"));
  return isRight || isOld;
}
const USED = new Set<string>();
export function forgetUsed(): void {
  USED.clear();`,
  },
  {
    id: "takes-the-code-of-any-request",
    kills: ["ELV-007"],
    message: "with the code of another session",
    file: challenge,
    find: `  return { code: new Secret(code), challenge: { digest: digestOf(code) } };
}

/** Compares hashes of equal length, in constant time. */
export function isCodeOf(challenge: Challenge, code: string): boolean {
  return timingSafeEqual(challenge.digest, digestOf(code));
}
`,
    replace: `  ISSUED.add(code);
  return { code: new Secret(code), challenge: { digest: digestOf(code) } };
}

const ISSUED = new Set<string>();

export function isCodeOf(challenge: Challenge, code: string): boolean {
  return ISSUED.delete(code) || timingSafeEqual(challenge.digest, digestOf(code));
}
`,
  },
  {
    id: "takes-the-code-of-the-request-before",
    kills: ["ELV-007"],
    message: "the one that it superseded",
    file: keeper,
    find: 'if (before) this.end(before, "superseded", "a new request");',
    replace:
      'if (before) {\n      Object.assign(grant, { challenge: before.challenge });\n      this.end(before, "superseded", "a new request");\n    }',
  },
  {
    id: "lets-models-ask",
    kills: ["ELV-008"],
    message: "requested with origin model",
    file: admission,
    find: 'if (context.origin !== "human") return "E_ORIGIN";',
    replace: 'if (context.origin === "system") return "E_ORIGIN";',
  },
  {
    id: "lets-cron-ask",
    kills: ["ELV-008"],
    message: "requested with origin system",
    file: admission,
    find: 'if (context.origin !== "human") return "E_ORIGIN";',
    replace: 'if (context.origin === "model") return "E_ORIGIN";',
  },
  {
    id: "lets-models-confirm",
    kills: ["ELV-008"],
    message: "confirmed with origin model",
    file: gate,
    find: "    const refusal = this.#refusal(context, { mayBeHeard: true });\n",
    replace: '    const refusal = this.#refusal({ ...context, origin: "human" }, { mayBeHeard: true });\n',
  },
  {
    id: "lets-models-deny",
    kills: ["ELV-008"],
    message: "denied with origin model",
    file: gate,
    find: 'if (context.origin !== "human") return this.#refuse("E_ORIGIN", context);',
    replace: 'if (context.surface === "webhook") return this.#refuse("E_ORIGIN", context);',
  },
  {
    id: "lets-models-revoke-all",
    kills: ["ELV-008"],
    message: "revoked",
    file: gate,
    find: 'const isHuman = context.origin === "human";',
    replace: "const isHuman = context.origin !== undefined;",
  },
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
    id: "keeps-a-denied-request",
    kills: ["ELV-018"],
    message: "confirmed the denied request",
    file: gate,
    find: 'this.#grants.end(grant, "denied", "principal", { by: context });\n    return replyOf("OK_DENIED", { grants: [grant], reading: this.#grants.now() });',
    replace: 'return replyOf("OK_DENIED", { grants: [grant], reading: this.#grants.now() });',
  },
  {
    id: "denies-what-is-not-there",
    kills: ["ELV-018"],
    message: "denied once more",
    file: gate,
    find: 'if (!grant) return replyOf("E_NO_PENDING");',
    replace: 'if (!grant) return replyOf("OK_DENIED");',
  },
  {
    id: "denies-what-is-active",
    kills: ["ELV-018"],
    message: "which is for `revoke`",
    file: gate,
    find: 'const grant = this.#grants.pending(grantKeyOf(context));\n    if (!grant) return replyOf("E_NO_PENDING");',
    replace:
      'const grant = this.#grants.pending(grantKeyOf(context));\n    const active = this.#grants.active(grantKeyOf(context));\n    if (active) this.#grants.end(active, "denied", "principal");\n    if (!grant) return replyOf("E_NO_PENDING");',
  },
  {
    id: "counts-the-guesses-of-others",
    kills: ["ELV-005"],
    message: "as two other principals",
    file: gate,
    find: "    if (!grant || grant.isConfirming) return this.#nothingPending(key);\n",
    replace:
      '    if (!grant || grant.isConfirming) {\n      const others = this.#grants.live().filter((each) => each.context.sessionId === context.sessionId && each.key !== key);\n      for (const other of others) if ((other.attemptsLeft -= 1) <= 0) this.#grants.end(other, "denied", "guesses");\n      return this.#nothingPending(key);\n    }\n',
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
    id: "denies-every-request-of-the-principal",
    kills: ["ELV-018"],
    message: "another session of the same principal",
    file: gate,
    find: 'this.#grants.end(grant, "denied", "principal", { by: context });',
    replace:
      'for (const each of this.#grants.ofPrincipal(context.principalId)) this.#grants.end(each, "denied", "principal", { by: context });',
  },
  {
    id: "makes-the-id-of-a-grant-of-its-code",
    kills: ["ELV-052"],
    message: "in events",
    file: gate,
    find: "    if (!(await this.#grants.announce(grant)))",
    replace: "    Object.assign(grant, { grantId: `elv_${code.reveal()}` });\n    if (!(await this.#grants.announce(grant)))",
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
