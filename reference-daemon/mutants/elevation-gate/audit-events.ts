import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const keeper = "src/elevation/grant-keeper.ts";
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

/** What events say, and what they leave out. */
export const auditEventMutants: readonly SourcePatch[] = [
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
