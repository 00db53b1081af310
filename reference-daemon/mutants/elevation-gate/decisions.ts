import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const grant = "src/elevation/grant.ts";
const admission = "src/elevation/admission.ts";

/** Who is elevated for what: wrong answers of `check` and `acquire`. */
export const decisionMutants: readonly SourcePatch[] = [
  {
    id: "opens-for-nobody",
    kills: ["ELV-001"],
    message: "the decision host",
    file: gate,
    find: 'return { decision: "host", why: "ELEVATED", grant };',
    replace: 'return { decision: "sandbox", why: "NOT_ELEVATED" };',
  },
  {
    id: "opens-for-everybody",
    kills: ["ELV-001"],
    message: "somebody who never asked",
    file: gate,
    find: 'if (!grant || grant.isTaken) return { decision: "sandbox", why: "NOT_ELEVATED" };',
    replace: 'if (!grant || grant.isTaken) return { decision: "host", why: "ELEVATED" };',
  },
  {
    id: "acquires-without-a-grant",
    kills: ["ELV-002"],
    message: "DENIED_NOT_ELEVATED",
    file: gate,
    find: "if (!grant) return this.#denyCall(DENIALS[why], context, call, callDigest);",
    replace: 'if (!grant) return { code: "GRANTED", tool, leaseId: "lease", grantId: null, remainingMs: 0 };',
  },
  {
    id: "remembers-its-verdicts",
    kills: ["ELV-002"],
    message: "checked the same call after the grant was revoked",
    file: gate,
    find: "    const { decision, why, grant } = this.#decide(context, call.tool);\n",
    replace: `    const verdicts = ((this as unknown as { verdicts?: Map<string, Verdict> }).verdicts ??= new Map<string, Verdict>());
    const key = JSON.stringify([context, call]);
    const before = verdicts.get(key);
    if (before) return before;
    const { decision, why, grant } = this.#decide(context, call.tool);
    if (grant) {
      verdicts.set(key, { decision, why, tool: call.tool, grantId: grant.grantId, remainingMs: 1, callDigest: callDigestOf(call) });
    }
`,
  },
  {
    id: "is-elevated-by-asking",
    kills: ["ELV-003"],
    message: "while the request waits",
    file: gate,
    find: 'context.origin === "system" ? undefined : this.#grants.active(grantKeyOf(context));',
    replace:
      'context.origin === "system" ? undefined : (this.#grants.active(grantKeyOf(context)) ?? this.#grants.pending(grantKeyOf(context)));',
  },
  {
    id: "forgets-the-principal",
    kills: ["ELV-019"],
    message: "another principal",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId.length > 5, sessionId, agentId]);",
  },
  {
    id: "forgets-the-session",
    kills: ["ELV-019"],
    message: "another session",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId, agentId]);",
  },
  {
    id: "forgets-the-agent",
    kills: ["ELV-019"],
    message: "another agent",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId, sessionId]);",
  },
  {
    id: "joins-ids-with-a-bar",
    kills: ["ELV-020"],
    message: "a|b",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: 'return [principalId, sessionId, agentId].join("|");',
  },
  {
    id: "joins-ids-with-a-nul",
    kills: ["ELV-020"],
    message: "\\u0000",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: 'return [principalId, sessionId, agentId].join("\\0");',
  },
  {
    id: "joins-ids-in-quotes",
    kills: ["ELV-020"],
    message: "checked a call of",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: 'return `"${principalId}","${sessionId}","${agentId}"`;',
  },
  {
    id: "folds-the-case-of-ids",
    kills: ["ELV-020"],
    message: "checked a call of",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId, sessionId.toLowerCase(), agentId]);",
  },
  {
    id: "normalises-ids",
    kills: ["ELV-020"],
    message: "checked a call of",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId, sessionId, agentId]).normalize();",
  },
  {
    id: "sorts-ids",
    kills: ["ELV-020"],
    message: "checked a call of",
    file: grant,
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId, sessionId, agentId].toSorted());",
  },
  {
    id: "elevates-the-heartbeat",
    kills: ["ELV-021"],
    message: "of system",
    file: gate,
    find: 'context.origin === "system" ? undefined :',
    replace: 'context.surface === "webhook" ? undefined :',
  },
  {
    id: "elevates-cron-jobs",
    kills: ["ELV-021"],
    message: "of cron",
    file: gate,
    find: 'context.origin === "system" ? undefined :',
    replace: 'context.origin === "system" && context.surface !== "cron" ? undefined :',
  },
  {
    id: "ignores-the-tools-of-a-grant",
    kills: ["ELV-022"],
    message: "under a grant for process",
    file: gate,
    find: "return grant.tools.includes(tool) && askableTools(this.#policy).includes(tool);",
    replace: 'return grant.tools.length > 0 && (askableTools(this.#policy).includes(tool) || tool === "teleport");',
  },
  {
    id: "compares-tools-by-their-start",
    kills: ["ELV-022"],
    message: "teleport",
    file: gate,
    find: "return grant.tools.includes(tool) && askableTools(this.#policy).includes(tool);",
    replace: "return (grant.tools.includes(tool) && askableTools(this.#policy).includes(tool)) || !this.#policy.tools.includes(tool);",
  },
  {
    id: "gives-the-first-tool-where-none-is-named",
    kills: ["ELV-022"],
    message: "requested without `tools`",
    file: gate,
    find: "request.tools ?? askableTools(policy)",
    replace: 'request.tools ?? [askableTools(policy)[0] ?? "", ...askableTools(policy).slice(2)]',
  },
  {
    id: "elevation-beats-the-policy",
    kills: ["ELV-023"],
    message: "with a grant for all tools",
    file: gate,
    find: 'if (this.#policy.deniedTools.includes(tool)) return { decision: "deny", why: "POLICY_DENIED" };',
    replace:
      'if (this.#policy.deniedTools.includes(tool) && (tool !== "raw.disk" || !this.#grants.active(grantKeyOf(context)))) return { decision: "deny", why: "POLICY_DENIED" };',
  },
  {
    id: "denied-tools-only-stay-in-the-sandbox",
    kills: ["ELV-023"],
    message: "without a grant",
    file: gate,
    find: 'return { decision: "deny", why: "POLICY_DENIED" };',
    replace: 'return { decision: tool === "raw.disk" ? "sandbox" : "deny", why: "POLICY_DENIED" };',
  },
  {
    id: "believes-an-elevated-context",
    kills: ["ELV-024"],
    message: "added to the context",
    file: gate,
    find: `  async check(givenContext: TrustedContext, givenCall: CallFacts): Promise<Verdict> {
`,
    replace: `  async check(givenContext: TrustedContext, givenCall: CallFacts): Promise<Verdict> {
    if ("elevated" in givenContext) return { decision: "host", why: "ELEVATED", tool: givenCall.tool, grantId: null, remainingMs: 1, callDigest: "x" };
`,
  },
  {
    id: "believes-an-approved-request",
    kills: ["ELV-024"],
    message: "and to the request",
    file: gate,
    find: `  async acquire(givenContext: TrustedContext, givenRequest: AcquireRequest): Promise<Acquired> {
`,
    replace: `  async acquire(givenContext: TrustedContext, givenRequest: AcquireRequest): Promise<Acquired> {
    if ("approved" in givenRequest) return { code: "GRANTED", tool: givenRequest.call.tool, leaseId: "lease", grantId: null, remainingMs: 1 };
`,
  },
  {
    id: "takes-any-principal",
    kills: ["ELV-009"],
    message: "E_NOT_ALLOWED",
    file: admission,
    find: "!policy.principals.includes(context.principalId) || ",
    replace: "",
  },
  {
    id: "folds-the-case-of-principals",
    kills: ["ELV-009"],
    message: "in upper case",
    file: admission,
    find: "!policy.principals.includes(context.principalId)",
    replace: "!policy.principals.some((id) => id.toLowerCase() === context.principalId.toLowerCase())",
  },
  {
    id: "trims-principals",
    kills: ["ELV-009"],
    message: "with a space after it",
    file: admission,
    find: "!policy.principals.includes(context.principalId)",
    replace: "!policy.principals.includes(context.principalId.trim())",
  },
  {
    id: "normalises-principals",
    kills: ["ELV-009"],
    message: "in another normal form",
    file: admission,
    find: "!policy.principals.includes(context.principalId)",
    replace: "!policy.principals.includes(context.principalId.normalize())",
  },
  {
    id: "takes-the-start-of-a-principal",
    kills: ["ELV-009"],
    message: "cut short",
    file: admission,
    find: "!policy.principals.includes(context.principalId)",
    replace: "!policy.principals.some((id) => id.startsWith(context.principalId))",
  },
  {
    id: "takes-any-agent",
    kills: ["ELV-010"],
    message: "an agent that the policy does not name",
    file: admission,
    find: " || !policy.agents.includes(context.agentId)",
    replace: "",
  },
  {
    id: "folds-the-case-of-agents",
    kills: ["ELV-010"],
    message: "in upper case",
    file: admission,
    find: "!policy.agents.includes(context.agentId)",
    replace: "!policy.agents.some((id) => id.toLowerCase() === context.agentId.toLowerCase())",
  },
  {
    id: "cannot-be-switched-off",
    kills: ["ELV-011"],
    message: "with elevation off",
    file: admission,
    find: 'if (!policy.enabled) return "E_DISABLED";',
    replace: 'if (!policy.enabled && policy.principals.length === 0) return "E_DISABLED";',
  },
  {
    id: "hands-out-codes-in-groups",
    kills: ["ELV-012"],
    message: "from a group",
    file: gate,
    find: '(context.isDirect || mayBeHeard ? undefined : "E_SURFACE")',
    replace: '(context.isDirect || mayBeHeard || context.surface !== "cli" ? undefined : "E_SURFACE")',
  },
  {
    id: "takes-requests-of-webhooks",
    kills: ["ELV-012"],
    message: "from a webhook",
    file: admission,
    find: 'const WITHOUT_COMMANDS = ["webhook", "cron"];',
    replace: 'const WITHOUT_COMMANDS = ["cron"];',
  },
  {
    id: "takes-requests-of-cron",
    kills: ["ELV-012"],
    message: "from cron",
    file: admission,
    find: 'const WITHOUT_COMMANDS = ["webhook", "cron"];',
    replace: 'const WITHOUT_COMMANDS = ["webhook"];',
  },
];
