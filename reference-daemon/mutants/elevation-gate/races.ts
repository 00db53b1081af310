import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const keeper = "src/elevation/grant-keeper.ts";
const facts = "src/elevation/call-facts.ts";
const hook = "src/elevation/confirm-hook.ts";

const drift = (id: string, message: string, replace: string): SourcePatch => ({
  id,
  kills: ["ELV-042"],
  message,
  file: facts,
  find: "update(canonicalJson(call))",
  replace,
});

/** What happens at the same time, between two steps, or under a hook. */
export const raceMutants: readonly SourcePatch[] = [
  {
    id: "confirms-as-often-as-it-is-told",
    kills: ["ELV-035"],
    message: "one OK_ACTIVE",
    file: gate,
    find: "    grant.isConfirming = true;\n    const isAllowed = await isAllowedByHook(this.#hook, grant, this.#clock, this.#policy.hookTimeoutMs);\n    // Meanwhile somebody may have ended it, or time, or a newer request.\n    if (this.#grants.pending(key) !== grant) return this.#nothingPending(key);\n",
    replace:
      "    const isAllowed = await isAllowedByHook(this.#hook, grant, this.#clock, this.#policy.hookTimeoutMs);\n    this.#grants.pending(key);\n    if (!grant.isLive) return this.#nothingPending(key);\n",
  },
  {
    id: "does-not-look-again-after-the-hook",
    kills: ["ELV-036", "ELV-037"],
    message: "waited for the hook",
    file: gate,
    find: "    if (this.#grants.pending(key) !== grant) return this.#nothingPending(key);\n",
    replace: "    if (!grant.isLive) {\n      grant.activate(this.#grants.now());\n      this.#grants.makePending(grant);\n    }\n",
  },
  {
    id: "does-not-look-again-after-the-audit",
    kills: ["ELV-036"],
    message: "waited for the audit",
    file: keeper,
    find: "    if (!isWritten || !grant.isLive) {\n      this.#settle(grant);",
    replace:
      "    if (!grant.isLive) {\n      this.#book.add(grant);\n      this.#book.makeCurrent(grant);\n    }\n    if (!isWritten) {\n      this.#settle(grant);",
  },
  {
    id: "says-no-and-is-active",
    kills: ["ELV-037"],
    message: "without timers",
    file: gate,
    find: "    if (this.#grants.pending(key) !== grant) return this.#nothingPending(key);\n",
    replace:
      '    const isLate = grant.isLive && grant.isOver(this.#grants.now());\n    if (isLate && isAllowed) {\n      await this.#grants.activate(grant, context);\n      return replyOf("E_EXPIRED");\n    }\n    if (this.#grants.pending(key) !== grant) return this.#nothingPending(key);\n',
  },
  {
    id: "uses-once-three-times",
    kills: ["ELV-038"],
    message: "one GRANTED",
    file: gate,
    find: 'grant.isTaken = grant.mode === "once";',
    replace:
      'grant.isTaken = false;\n    const end = grant.end.bind(grant);\n    let uses = 0;\n    grant.end = (state) => (state === "consumed" && (uses += 1) < 3 ? false : end(state));',
  },
  {
    id: "uses-once-for-ever",
    kills: ["ELV-038"],
    message: "acquired another one later",
    file: keeper,
    find: 'if (grant.mode === "once") this.end(grant, "consumed", "one call");',
    replace: "grant.isTaken = false;",
  },
  {
    id: "takes-every-grant-for-once",
    kills: ["ELV-038"],
    message: "of mode window",
    file: gate,
    find: 'grant.isTaken = grant.mode === "once";',
    replace: 'grant.isTaken = grant.mode === "once" || this.#grants.stoppable().length > 1;',
  },
  {
    id: "gives-once-back-when-it-did-not-start",
    kills: ["ELV-039"],
    message: "not-started",
    file: keeper,
    find: "    const { grant, tool, callDigest } = lease;\n",
    replace:
      '    const { grant, tool, callDigest } = lease;\n    if (outcome === "not-started") {\n      grant.isTaken = false;\n      grant.activate(this.now());\n      this.#book.add(grant);\n      this.#book.makeCurrent(grant);\n    }\n',
  },
  {
    id: "believes-the-verdict-of-before",
    kills: ["ELV-040"],
    message: "before the grant was revoked",
    file: gate,
    find: "    this.#grants = new GrantKeeper({ clock, audit, auditHead, epoch: randomUUID(), onLeasesEnded });\n",
    replace: `    this.#grants = new GrantKeeper({ clock, audit, auditHead, epoch: randomUUID(), onLeasesEnded });
    const [check, acquire] = [this.check.bind(this), this.acquire.bind(this)];
    const verdicts = new Set<string>();
    let underWay = 0;
    this.check = async (context, call) => {
      const verdict = await check(context, call);
      if (verdict.decision === "host") verdicts.add(context.sessionId + verdict.callDigest);
      return verdict;
    };
    this.acquire = async (context, request) => {
      underWay += 1;
      const isAlone = underWay === 1;
      const isOver = isAlone && request.call && (await check(context, request.call)).decision === "sandbox";
      const acquired = await acquire(context, request).finally(() => (underWay -= 1));
      const isRemembered = verdicts.has(context.sessionId + request.checkedDigest);
      return isOver && isRemembered ? { ...acquired, code: "GRANTED", leaseId: "lease" } : acquired;
    };
`,
  },
  {
    id: "does-not-look-again-after-a-start-is-audited",
    kills: ["ELV-041"],
    message: "meanwhile",
    file: keeper,
    find: "    this.#settle(grant);\n    if (!isWritten || !grant.isLive || !isStillInScope()) {\n      this.#leases.take",
    replace: "    if (!isWritten || !isStillInScope()) {\n      this.#leases.take",
  },
  {
    id: "does-not-look-at-the-clock-after-a-start-is-audited",
    kills: ["ELV-041"],
    message: "ran out without a timer",
    file: keeper,
    find: "    this.#settle(grant);\n    if (!isWritten || !grant.isLive || !isStillInScope()) {",
    replace: "    if (!isWritten || !grant.isLive || !isStillInScope()) {",
  },
  {
    id: "does-not-look-at-the-policy-after-a-start-is-audited",
    kills: ["ELV-041"],
    message: "tool denied",
    file: keeper,
    find: "if (!isWritten || !grant.isLive || !isStillInScope()) {",
    replace: "if (!isWritten || !grant.isLive) {",
  },
  {
    id: "never-compares-the-call",
    kills: ["ELV-042"],
    message: "acquired it with another tool",
    file: gate,
    find: "if (callDigest !== checkedDigest)",
    replace: "if (callDigest === checkedDigest.slice(0, 5))",
  },
  drift("joins-arguments-with-spaces", "an argument cut in two", 'update(canonicalJson({ ...call, argv: [call.argv.join(" ")] }))'),
  drift("trims-arguments", "a space after an argument", "update(canonicalJson({ ...call, argv: call.argv.map((word) => word.trim()) }))"),
  drift("drops-empty-arguments", "arguments joined", "update(canonicalJson({ ...call, argv: call.argv.filter(Boolean) }))"),
  drift("sorts-arguments", "in another order", "update(canonicalJson({ ...call, argv: call.argv.toSorted() }))"),
  drift(
    "folds-the-case-of-arguments",
    "in upper case",
    "update(canonicalJson({ ...call, argv: call.argv.map((word) => word.toLowerCase()) }))",
  ),
  drift(
    "cuts-arguments-at-nul",
    "a NUL in an argument",
    'update(canonicalJson({ ...call, argv: call.argv.map((word) => word.replace("\\0", " ")) }))',
  ),
  drift(
    "takes-quotes-off-arguments",
    "in quotes",
    'update(canonicalJson({ ...call, argv: call.argv.map((word) => word.replaceAll(\'"\', "")) }))',
  ),
  drift("does-not-look-at-the-tool", "another tool", 'update(canonicalJson({ ...call, tool: "" }))'),
  drift("does-not-look-at-the-folder", "another folder", "update(canonicalJson({ ...call, cwd: null }))"),
  drift("takes-the-path-for-the-folder", "of the same path", "update(canonicalJson({ ...call, cwd: call.cwd.path }))"),
  drift("takes-the-inode-for-the-folder", "on another device", "update(canonicalJson({ ...call, cwd: call.cwd.path + call.cwd.inode }))"),
  drift(
    "joins-device-and-inode",
    "cut elsewhere",
    "update(canonicalJson({ ...call, cwd: call.cwd.path + call.cwd.device + call.cwd.inode }))",
  ),
  drift("does-not-look-at-the-environment", "another environment", 'update(canonicalJson({ ...call, environmentDigest: "" }))'),
  drift("does-not-look-at-the-executable", "another executable", "update(canonicalJson({ ...call, executable: null }))"),
  drift("takes-the-path-for-the-executable", "that was replaced", "update(canonicalJson({ ...call, executable: call.executable.path }))"),
  drift("does-not-look-at-the-script", "another script", "update(canonicalJson({ ...call, script: null }))"),
  drift("takes-the-path-for-the-script", "that was rewritten", "update(canonicalJson({ ...call, script: call.script?.path ?? null }))"),
  drift("joins-arguments-with-nul", "joined with a NUL", 'update(canonicalJson({ ...call, argv: [call.argv.join("\\0")] }))'),
  drift("normalises-arguments", "another normal form", "update(canonicalJson(call).normalize())"),
  drift("looks-at-the-first-arguments", "an empty argument more", "update(canonicalJson({ ...call, argv: call.argv.slice(0, 100) }))"),
  drift(
    "looks-at-the-start-of-arguments",
    "another end of a long argument",
    "update(canonicalJson({ ...call, argv: call.argv.map((word) => word.slice(0, 4_096)) }))",
  ),
  {
    id: "takes-any-answer-of-a-hook-for-yes",
    kills: ["ELV-043"],
    message: "a hook that answers {}",
    file: hook,
    find: "return answer.success && answer.data.allow;",
    replace: "return !answer.success || answer.data.allow;",
  },
  {
    id: "takes-what-is-true-enough-for-yes",
    kills: ["ELV-043"],
    message: 'allow: "true"',
    file: hook,
    find: "const answer = hookAnswerSchema.safeParse(await Promise.race([hook(promptOf(grant)), late.promise]));\n    return answer.success && answer.data.allow;",
    replace:
      "const answer = await Promise.race([hook(promptOf(grant)), late.promise]);\n    return Boolean((answer as { allow?: unknown } | null | undefined)?.allow) && hookAnswerSchema !== undefined;",
  },
  {
    id: "takes-a-failing-hook-for-yes",
    kills: ["ELV-043"],
    message: "a hook that answers an error",
    file: hook,
    find: "  } catch {\n    return false;",
    replace: "  } catch {\n    return true;",
  },
  {
    id: "asks-no-hook",
    kills: ["ELV-043"],
    message: "a hook that answers { allow: false }",
    file: gate,
    find: "const isAllowed = await isAllowedByHook(this.#hook, grant, this.#clock, this.#policy.hookTimeoutMs);",
    replace: "const isAllowed = isAllowedByHook !== undefined;",
  },
  {
    id: "asks-again-after-the-hook-s-no",
    kills: ["ELV-043"],
    message: "confirmed the same request again",
    file: gate,
    find: '      this.#grants.end(grant, "denied", "hook");\n',
    replace: "      grant.isConfirming = false;\n",
  },
  {
    id: "asks-the-hook-before-it-compares-the-code",
    kills: ["ELV-043"],
    message: "confirmed with a wrong code",
    file: gate,
    find: "    if (!isCodeOf(grant.challenge, code)) return this.#wrongCode(grant, context);\n",
    replace:
      "    if (!isCodeOf(grant.challenge, code)) {\n      await isAllowedByHook(this.#hook, grant, this.#clock, 1);\n      return this.#wrongCode(grant, context);\n    }\n",
  },
  {
    id: "asks-about-something-else",
    kills: ["ELV-043"],
    message: "under a hook that allows",
    file: hook,
    find: "const copy = Object.freeze([...tools]) as string[];",
    replace: "const copy = Object.freeze(tools.slice(0, 1)) as string[];",
  },
  {
    id: "waits-for-a-hook-for-ever",
    kills: ["ELV-044"],
    message: "waited for the whole time of the hook",
    file: hook,
    find: "await Promise.race([hook(promptOf(grant)), late.promise])",
    replace: "await hook(promptOf(grant))",
  },
  {
    id: "takes-the-silence-of-a-hook-for-yes",
    kills: ["ELV-044"],
    message: "OK_ACTIVE",
    file: hook,
    find: "() => late.resolve(undefined)",
    replace: "() => late.resolve({ allow: true } as never)",
  },
  {
    id: "does-not-wait-for-the-hook",
    kills: ["ELV-044"],
    message: "hookTimeoutMs of",
    file: hook,
    find: "clock.setTimer(timeoutMs,",
    replace: "clock.setTimer(timeoutMs / 2,",
  },
];
