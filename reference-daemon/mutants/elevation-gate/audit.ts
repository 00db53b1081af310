import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const keeper = "src/elevation/grant-keeper.ts";
const trail = "src/elevation/audit-trail.ts";
const events = "src/elevation/audit-events.ts";
const facts = "src/elevation/call-facts.ts";
const redaction = "src/elevation/redaction.ts";
const limiter = "src/elevation/denial-limiter.ts";

const left = (id: string, kills: string, message: string, pattern: string): SourcePatch => ({
  id,
  kills: [kills],
  message,
  file: redaction,
  find: pattern,
  replace: "/(?<kept>)\\u0000never/gu,",
});

/** What reaches the audit, when, and what does not. */
export const auditMutants: readonly SourcePatch[] = [
  {
    id: "answers-a-request-before-it-is-audited",
    kills: ["ELV-045", "ELV-046"],
    message: "no answer to the request",
    file: keeper,
    find: 'const isWritten = await this.#trail.write(this.#event("elevation.requested", { grant }));',
    replace: 'void this.#trail.write(this.#event("elevation.requested", { grant }));\n    const isWritten = true;',
  },
  {
    id: "is-active-before-it-is-audited",
    kills: ["ELV-045"],
    message: "elevation.activated was held",
    file: keeper,
    find: "(state === undefined || grant.state === state)",
    replace: '(state === undefined || grant.state === state || (state === "active" && grant.isCommitted))',
  },
  {
    id: "shows-a-request-before-it-is-audited",
    kills: ["ELV-045"],
    message: "elevation.requested was held",
    file: keeper,
    find: "grant.isOnRecord && grant.context.principalId === principalId",
    replace: "grant.context.principalId === principalId",
  },
  {
    id: "starts-a-call-before-it-is-audited",
    kills: ["ELV-045", "ELV-046"],
    message: "the start was answered",
    file: keeper,
    find: "const isWritten = await this.#trail.write(event);",
    replace: "void this.#trail.write(event);\n    const isWritten = true;",
  },
  {
    id: "requests-without-an-audit",
    kills: ["ELV-046"],
    message: "requested while the audit refuses",
    file: keeper,
    find: "    else this.#putOnRecord(grant);\n    return isWritten;\n",
    replace: "    this.#putOnRecord(grant);\n    return isWritten || grant.isLive;\n",
  },
  {
    id: "keeps-a-request-that-was-not-audited",
    kills: ["ELV-046"],
    message: "no grant",
    file: keeper,
    find: "    if (!isWritten) this.#book.remove(grant);\n    else this.#putOnRecord(grant);\n",
    replace: "    this.#putOnRecord(grant);\n",
  },
  {
    id: "supersedes-before-it-is-audited",
    kills: ["ELV-046"],
    message: "another one in its place",
    file: gate,
    find: "    if (!(await this.#grants.announce(grant)))",
    replace:
      '    const before = this.#grants.pending(key);\n    if (before) this.#grants.end(before, "superseded", "a new request");\n    if (!(await this.#grants.announce(grant)))',
  },
  {
    id: "activates-without-an-audit",
    kills: ["ELV-046"],
    message: "confirmed while the audit refuses",
    file: keeper,
    find: "    if (!isWritten || !grant.isLive) {\n      this.#settle(grant);",
    replace: "    if (!grant.isLive) {\n      this.#settle(grant);",
  },
  {
    id: "starts-calls-without-an-audit",
    kills: ["ELV-046"],
    message: "acquired a call while the audit refuses",
    file: keeper,
    find: "if (!isWritten || !grant.isLive || !isStillInScope()) {",
    replace: "if (!grant.isLive || !isStillInScope()) {",
  },
  {
    id: "cannot-revoke-without-an-audit",
    kills: ["ELV-047"],
    message: "checked a call after that",
    file: keeper,
    find: "    this.#trail = new AuditTrail(audit, auditHead);\n",
    replace: `    let isRefused = false;
    const sink: AuditSink = async (event) => {
      try {
        await audit(event);
        isRefused = false;
      } catch (error) {
        isRefused = true;
        throw error;
      }
    };
    const end = this.end.bind(this);
    this.end = (grant, state, cause, options) => {
      if (state !== "revoked" || !isRefused) end(grant, state, cause, options);
    };
    this.#trail = new AuditTrail(sink, auditHead);
`,
  },
  {
    id: "forgets-what-could-not-be-audited",
    kills: ["ELV-048"],
    message: "once it took them",
    file: trail,
    find: "        this.#refuseThoseThatWait();\n        break;\n",
    replace: "        this.#entries.shift();\n",
  },
  {
    id: "catches-up-later",
    kills: ["ELV-048"],
    message: "once it took them",
    file: trail,
    find: "        this.#refuseThoseThatWait();\n        break;\n",
    replace: `        const owed = entry;
        const sink = this.#sink;
        this.#entries.shift();
        this.#sink = async (event) => {
          await sink(event);
          this.#sink = sink;
          this.#entries.push(owed);
        };
`,
  },
  {
    id: "counts-from-one-again",
    kills: ["ELV-049"],
    message: "a first event with seq",
    file: trail,
    find: "    this.#head = head;\n",
    replace: "    this.#head = head && { ...head, seq: 0 };\n",
  },
  {
    id: "starts-a-new-chain",
    kills: ["ELV-049"],
    message: "a first event with seq",
    file: trail,
    find: "    this.#head = head;\n",
    replace: "    this.#head = head && null;\n",
  },
  {
    id: "leaves-a-gap-for-what-was-refused",
    kills: ["ELV-049"],
    message: "does not follow",
    file: trail,
    find: "    } catch {\n      return false;",
    replace: "    } catch {\n      this.#head = { seq: chained.seq, hash: chained.hash };\n      return false;",
  },
  {
    id: "hands-over-events-at-once",
    kills: ["ELV-049"],
    message: "does not follow",
    file: trail,
    find: "  #handOver(): void {\n",
    replace:
      "  #handOver(): void {\n    for (const entry of this.#entries.splice(0)) {\n      const chained = chainEvent(entry.event, this.#head);\n      this.#head = { seq: chained.seq, hash: chained.hash };\n      void this.#sink(chained).then(\n        () => entry.settle?.(true),\n        () => entry.settle?.(false),\n      );\n    }\n",
  },
  {
    id: "hashes-something-else",
    kills: ["ELV-049"],
    message: "its hash is not the hash",
    file: trail,
    find: "      await this.#sink(chained);\n",
    replace: '      await this.#sink({ ...chained, cause: `${chained.cause ?? ""} ` });\n',
  },
  {
    id: "says-no-reason",
    kills: ["ELV-050"],
    message: "reason is",
    file: events,
    find: "reason: grant?.reason ?? null,",
    replace: "reason: null,",
  },
  {
    id: "says-no-agent",
    kills: ["ELV-050"],
    message: "agentId is",
    file: events,
    find: "agentId: owner?.agentId ?? null,",
    replace: "agentId: null,",
  },
  {
    id: "says-no-tools",
    kills: ["ELV-050"],
    message: "tools",
    file: events,
    find: "tools: grant ? [...grant.tools] : null,",
    replace: "tools: null,",
  },
  { id: "says-no-mode", kills: ["ELV-050"], message: "mode is", file: events, find: "mode: grant?.mode ?? null,", replace: "mode: null," },
  {
    id: "says-no-time-to-live",
    kills: ["ELV-050"],
    message: "ttlMs is",
    file: events,
    find: "ttlMs: grant?.ttlMs ?? null,",
    replace: "ttlMs: null,",
  },
  {
    id: "says-no-remaining-time",
    kills: ["ELV-050"],
    message: "remainingMs null",
    file: events,
    find: "remainingMs: grant?.remainingMs(at.reading) ?? null,",
    replace: "remainingMs: null,",
  },
  {
    id: "does-not-say-what-was-started",
    kills: ["ELV-050"],
    message: "callDigest is",
    file: gate,
    find: "const details = { tool, callDigest, preview,",
    replace: 'const details = { tool, callDigest: "", preview,',
  },
  {
    id: "does-not-say-that-it-was-the-host",
    kills: ["ELV-050"],
    message: "environment is",
    file: keeper,
    find: '{ ...details, environment: "host", leaseId: lease.leaseId }',
    replace: '{ ...details, environment: "sandbox", leaseId: lease.leaseId }',
  },
  {
    id: "tells-the-time-of-another-zone",
    kills: ["ELV-051"],
    message: "by the wall clock",
    file: events,
    find: "ts: new Date(at.reading.wall).toISOString(),",
    replace: "ts: new Date(at.reading.wall - 3_600_000).toISOString(),",
  },
  {
    id: "tells-seconds-for-milliseconds",
    kills: ["ELV-051"],
    message: "by the wall clock",
    file: events,
    find: "monoMs: Math.max(0, Math.floor(at.reading.mono)),",
    replace: "monoMs: Math.max(0, Math.floor(at.reading.mono / 1_000)),",
  },
  {
    id: "takes-this-machine-s-time",
    kills: ["ELV-051"],
    message: "by the wall clock",
    file: events,
    find: "ts: new Date(at.reading.wall).toISOString(),",
    replace: "ts: new Date(Math.max(at.reading.wall, Date.now())).toISOString(),",
  },
  {
    id: "redacts-no-arguments",
    kills: ["ELV-054"],
    message: "`preview` of tool.exec.start",
    file: facts,
    find: "const { argv, redactions } = redactArguments(startOf(call.argv));",
    replace: "const { argv, redactions } = { argv: call.argv, redactions: redactArguments([]).redactions };",
  },
  {
    id: "redacts-arguments-word-by-word",
    kills: ["ELV-054"],
    message: "after --token",
    file: redaction,
    find: "    isValue = SECRET_OPTION.test(word) || SECRET_COMES_NEXT.test(word);\n",
    replace: "    isValue = SECRET_OPTION.test(word) && word.length > 100;\n",
  },
  {
    id: "cuts-the-preview-before-it-redacts",
    kills: ["ELV-054"],
    message: "at the end of a preview",
    file: facts,
    find: "  const { argv, redactions } = redactArguments(startOf(call.argv));\n",
    replace:
      '  const cut = call.argv.join(" ").slice(0, PREVIEW_LENGTH).split(" ");\n  const isCut = cut.length < call.argv.length || call.argv.join(" ").length > PREVIEW_LENGTH;\n  const { argv, redactions } = isCut ? { argv: cut, redactions: 0 } : redactArguments(startOf(call.argv));\n',
  },
  {
    id: "shows-the-arguments-of-denied-calls",
    kills: ["ELV-054"],
    message: "tool.exec.denied",
    file: keeper,
    find: '    const { preview, redactions } = callPreviewOf(call);\n    this.#tell("tool.exec.denied"',
    replace:
      '    const { preview, redactions } = { preview: call.argv.join(" ").slice(0, 200), redactions: callPreviewOf(call).redactions };\n    this.#tell("tool.exec.denied"',
  },
  {
    id: "does-not-tell-of-denied-calls",
    kills: ["ELV-055"],
    message: "no such event",
    file: keeper,
    find: '    this.#tell("tool.exec.denied", { grant, context }, { cause: code, tool: call.tool, callDigest, preview, redactions, suppressed });\n',
    replace:
      '    if (call.argv.length > 1_000) this.#tell("tool.exec.denied", { grant, context }, { cause: code, preview, redactions, callDigest });\n',
  },
  {
    id: "tells-of-denials-by-policy-only",
    kills: ["ELV-055"],
    message: "not elevated",
    file: keeper,
    find: "    if (suppressed === undefined) return;\n",
    replace: '    if (suppressed === undefined || code === "DENIED_NOT_ELEVATED") return;\n',
  },
  {
    id: "does-not-tell-of-wrong-codes",
    kills: ["ELV-055"],
    message: "with a wrong code",
    file: gate,
    find: "    this.#grants.tellWrongCode(grant, context);\n",
    replace: "    if (grant.attemptsLeft > 100) this.#grants.tellWrongCode(grant, context);\n",
  },
  {
    id: "tells-of-every-denial",
    kills: ["ELV-056"],
    message: "at most 100",
    file: limiter,
    find: "if (source.admitted === MOST_IN_WINDOW) {",
    replace: "if (source.admitted === MOST_IN_WINDOW * 1_000) {",
  },
  {
    id: "does-not-count-what-it-leaves-out",
    kills: ["ELV-056"],
    message: "that make 201",
    file: limiter,
    find: "      source.suppressed += 1;\n",
    replace: "",
  },
  {
    id: "does-not-say-that-it-started",
    kills: ["ELV-057"],
    message: "gate.started and gate.started",
    file: keeper,
    find: '    this.#tell("gate.started", {}, { cause: "no grant is carried over" });\n',
    replace: "",
  },
  {
    id: "has-one-epoch",
    kills: ["ELV-057"],
    message: "two in both",
    file: gate,
    find: "epoch: randomUUID(),",
    replace: 'epoch: randomUUID().slice(0, 0) + "flynn",',
  },
  {
    id: "releases-as-often-as-it-is-told",
    kills: ["ELV-058"],
    message: "that was released before",
    file: keeper,
    find: "    const lease = this.#leases.take(leaseId);\n    if (!lease) return false;\n",
    replace: `    const before = ((this as unknown as { before?: Map<string, Lease> }).before ??= new Map<string, Lease>());
    const lease = this.#leases.take(leaseId) ?? before.get(leaseId);
    if (!lease) return false;
    before.set(leaseId, lease);
`,
  },
  {
    id: "forgets-calls-with-their-grant",
    kills: ["ELV-058"],
    message: "whose grant was revoked meanwhile",
    file: keeper,
    find: "    const leaseIds = this.#leases.idsOf(grant);\n",
    replace: "    const leaseIds = this.#leases.idsOf(grant);\n    for (const leaseId of leaseIds) this.#leases.take(leaseId);\n",
  },
  {
    id: "releases-what-never-was",
    kills: ["ELV-058"],
    message: "that",
    file: keeper,
    find: "    if (!lease) return false;\n",
    replace: "    if (!lease) return true;\n",
  },
  {
    id: "does-not-say-how-it-ended",
    kills: ["ELV-058"],
    message: "read tool.exec.end",
    file: keeper,
    find: '{ tool, callDigest, leaseId, exitCode, signal, cause: outcome, environment: "host" }',
    replace: '{ tool, callDigest, leaseId, cause: outcome, environment: "host" }',
  },
  left("does-not-know-bearer-tokens", "ELV-053", "after Bearer", "/(?<kept>\\b(?:bearer|basic)\\s+)[^\\s\"',;]+/giu,"),
];
