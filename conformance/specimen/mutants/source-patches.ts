import type { SourcePatch } from "../../src/mutation/mutant.ts";

const file = "exemplar.ts";

/** Defects of the exemplar, one each. */
export default [
  {
    id: "makes-up-the-ticket",
    kills: ["LEASE-001"],
    message: "ticket",
    file,
    find: "return decision.ticket;",
    replace: 'return decision.ticket ? "granted" : "";',
  },
  {
    id: "does-not-ask-again-for-a-second-lease",
    kills: ["LEASE-001"],
    message: "ticket",
    file,
    find: "const ticket = await this.#askHost(resource, ttlMs);",
    replace: "const ticket = this.#events[0]?.ticket ?? (await this.#askHost(resource, ttlMs));",
  },
  {
    id: "leases-out-another-resource",
    kills: ["LEASE-001"],
    message: "a lease on",
    file,
    find: "return { leaseId, resource, ticket,",
    replace: "return { leaseId, resource: `${resource}-1`, ticket,",
  },
  {
    id: "gives-two-at-once-the-same-id",
    kills: ["LEASE-001"],
    message: "two leases",
    file,
    find: "    const ticket = await this.#askHost(resource, ttlMs);\n    const key = await this.#signingKey.reveal();\n    const leaseId = `lease-${this.#events.length + 1}`;",
    replace:
      "    const leaseId = `lease-${this.#events.length + 1}`;\n    const ticket = await this.#askHost(resource, ttlMs);\n    const key = await this.#signingKey.reveal();",
  },
  {
    id: "journals-before-the-host-has-answered",
    kills: ["LEASE-002"],
    message: "the granted lease only",
    file,
    find: "    if (!decision.accepted) throw refusal(",
    replace: '    if (!decision.accepted) this.#record("acquired", "lease-refused", "none");\n    if (!decision.accepted) throw refusal(',
  },
  {
    id: "lets-through-when-the-port-fails",
    kills: ["LEASE-003"],
    message: "the error REFUSED",
    file,
    find: "      throw refusal(`The host could not be asked about ${resource}`, error);",
    replace: "      return { accepted: true, ticket: String(error) };",
  },
  {
    id: "clamps-a-wrong-time-to-live",
    kills: ["LEASE-004"],
    message: "INVALID_ARGUMENT",
    file,
    find: "parseArgument(acquireRequestSchema, request)",
    replace: "parseArgument(acquireRequestSchema, { ...request, ttlMs: Math.round(Math.min(86_400_000, Math.max(1, request.ttlMs))) })",
  },
  {
    id: "asks-before-it-checks",
    kills: ["LEASE-004"],
    message: "no call of accept",
    file,
    find: "    const { resource, ttlMs } = parseArgument(acquireRequestSchema, request);",
    replace:
      "    if (!acquireRequestSchema.safeParse(request).success) await this.#askHost(request.resource, 5);\n    const { resource, ttlMs } = parseArgument(acquireRequestSchema, request);",
  },
  {
    id: "is-held-at-the-boundary",
    kills: ["LEASE-005"],
    message: "not held",
    file,
    find: "lease && remainingMs > 0 ?",
    replace: "lease && remainingMs >= 0 ?",
  },
  {
    id: "ends-one-millisecond-early",
    kills: ["LEASE-005"],
    message: "held",
    file,
    find: "lease && remainingMs > 0 ?",
    replace: "lease && remainingMs > 1 ?",
  },
  {
    id: "trusts-its-timer",
    kills: ["LEASE-006"],
    message: "no timer fired",
    file,
    find: "    this.#leases.set(leaseId, { ticket, ttlMs, sinceMono: this.#clock.mono(), sinceBoot: this.#clock.boot() });\n  }\n\n  #elapsed(lease: HeldLease): number {",
    replace: `    const lease = { ticket, ttlMs, sinceMono: this.#clock.mono(), sinceBoot: this.#clock.boot() };
    this.#leases.set(leaseId, lease);
    this.#clock.setTimer(ttlMs, () => {
      if (this.#leases.get(leaseId) === lease) this.#leases.delete(leaseId);
    });
  }

  #elapsed(lease: HeldLease): number {
    if (this.#clock.mono() - lease.sinceMono >= lease.ttlMs) return lease.ttlMs - 1;`,
  },
  {
    id: "counts-monotonic-time-only",
    kills: ["LEASE-007"],
    message: "suspend",
    file,
    find: "Math.max(this.#clock.mono() - lease.sinceMono, this.#clock.boot() - lease.sinceBoot)",
    replace: "this.#clock.mono() - lease.sinceMono",
  },
  {
    id: "counts-wall-time-too",
    kills: ["LEASE-007"],
    message: "a day ahead",
    file,
    find: "    return Math.max(this.#clock.mono() - lease.sinceMono,",
    // Every instance is opened at the same reading, so the wall time that has passed can be told without a third member.
    replace:
      "    return Math.max(this.#clock.wall() - Date.UTC(2026, 0, 1) - lease.sinceMono + 1_000_000, this.#clock.mono() - lease.sinceMono,",
  },
  {
    id: "rounds-the-remaining-time",
    kills: ["LEASE-008"],
    message: "remainingMs 1766",
    file,
    find: "{ held: true, ticket: lease.ticket, remainingMs }",
    replace: "{ held: true, ticket: lease.ticket, remainingMs: Math.ceil(remainingMs / 1000) * 1000 }",
  },
  {
    id: "always-says-released",
    kills: ["LEASE-009"],
    message: "released: false",
    file,
    find: "    return { released: held };",
    replace: "    return { released: true };",
  },
  {
    id: "journals-a-release-that-does-not-happen",
    kills: ["LEASE-009"],
    message: "not held",
    file,
    find: "    this.#leases.delete(leaseId);\n",
    replace: "",
  },
  {
    id: "numbers-events-from-zero-after-ten",
    kills: ["LEASE-010"],
    message: "event 11",
    file,
    find: "number: this.#events.length + 1, event,",
    replace: "number: this.#events.length < 10 ? this.#events.length + 1 : this.#events.length, event,",
  },
  {
    id: "drops-what-does-not-fit-the-first-credit",
    kills: ["LEASE-010"],
    message: "is missing",
    file,
    find: "while (next < this.#events.length && !options.signal?.aborted) {",
    replace: "while (next < Math.min(this.#events.length, 32) && !options.signal?.aborted) {",
  },
  {
    id: "finishes-complete-when-aborted",
    kills: ["LEASE-011"],
    message: "reason aborted",
    file,
    find: 'reason: options.signal?.aborted ? "aborted" : "complete"',
    replace: 'reason: "complete"',
  },
  {
    id: "ignores-abort",
    kills: ["LEASE-011"],
    message: "did not come within",
    file,
    find: '      signal?.addEventListener("abort", wake);',
    replace: "",
  },
  {
    id: "leaves-followers-behind-when-closed",
    kills: ["LEASE-011"],
    message: "did not come within",
    file,
    find: "    this.#leases.clear();\n    this.#wakeFollowers();",
    replace: "    this.#leases.clear();",
  },
  {
    id: "keeps-the-journal-in-memory",
    kills: ["LEASE-012"],
    message: "event 1 is",
    file,
    find: "    appendFileSync(this.#journalFile, `${JSON.stringify(entry)}\\n`);",
    replace: "",
  },
  {
    id: "holds-leases-again-after-a-restart",
    kills: ["LEASE-012"],
    message: "none",
    file,
    find: "    this.#events = readJournal(this.#journalFile);",
    replace:
      "    this.#events = readJournal(this.#journalFile);\n    for (const event of this.#events) this.#hold(event.leaseId, event.ticket, 60_000);",
  },
  {
    id: "renews-from-the-first-acquisition",
    kills: ["LEASE-013"],
    message: "held",
    file,
    find: '    this.#record("renewed", leaseId, ticket);\n    this.#hold(leaseId, ticket, ttlMs);',
    replace:
      '    this.#record("renewed", leaseId, ticket);\n    const old = this.#leases.get(leaseId);\n    if (old) this.#leases.set(leaseId, { ...old, ttlMs });',
  },
  {
    id: "hides-renew-but-does-it",
    kills: ["LEASE-014"],
    message: "UNSUPPORTED",
    file,
    find: "flags: { renew: true }",
    replace: "flags: {}",
  },
  {
    id: "signs-with-the-handle-in-place-of-the-key",
    kills: ["LEASE-015"],
    message: "HMAC-SHA256",
    file,
    find: "const key = await this.#signingKey.reveal();",
    replace: "const key = this.#signingKey.fingerprint;",
  },
] satisfies readonly SourcePatch[];
