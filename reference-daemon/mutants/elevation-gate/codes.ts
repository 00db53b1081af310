import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const keeper = "src/elevation/grant-keeper.ts";
const challenge = "src/elevation/challenge.ts";
const admission = "src/elevation/admission.ts";

/** Which code confirms what, and who may say so. */
export const codeMutants: readonly SourcePatch[] = [
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
    message: "E_LOCKED with `retryAfterMs`",
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
    id: "counts-its-codes",
    kills: ["ELV-067"],
    message: "in no order",
    file: challenge,
    find: 'const code = Array.from(randomBytes(CODE_LENGTH), (byte) => ALPHABET[byte & 31]).join("");',
    replace:
      "const counter = globalThis as { flynnCodes?: number };\n  counter.flynnCodes = (counter.flynnCodes ?? randomBytes(3).readUIntBE(0, 3) + 20_000_000) + 1;\n  const code = String(counter.flynnCodes);",
  },
  {
    id: "makes-short-codes",
    kills: ["ELV-067"],
    message: "at least six",
    file: challenge,
    find: "const CODE_LENGTH = 8;",
    replace: "const CODE_LENGTH = 5;",
  },
];
