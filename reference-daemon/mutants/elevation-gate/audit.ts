import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const keeper = "src/elevation/grant-keeper.ts";
const trail = "src/elevation/audit-trail.ts";

/** What waits for the audit, and the chain. */
export const auditMutants: readonly SourcePatch[] = [
  {
    id: "answers-a-request-before-it-is-audited",
    kills: ["ELV-045", "ELV-046"],
    message: "elevation.requested was held",
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
];
