import type { SourcePatch } from "@flynn/conformance/mutant";

const gate = "src/elevation/elevation-gate.ts";
const policy = "src/elevation/policy.ts";
const parse = "src/elevation/arguments.ts";
const subject = "subject.ts";

/** How the reference is opened as a subject. */
const OPEN = `    "elevation-gate@1": {
      open: ({ config, clock, host: { audit, hook } }: SubjectEnvironment<ElevationConfig>) => {
        if (!audit || !hook) throw new Error("The host offers no audit or no hook port");
        return new ReferenceElevationGate({ ...config, clock, audit: (event) => audit(event), hook: (prompt) => hook(prompt) });
      },
`;

/** Policies that change, sessions that end, and what is revoked. */
export const policyMutants: readonly SourcePatch[] = [
  {
    id: "keeps-grants-when-it-is-disabled",
    kills: ["ELV-061"],
    message: "with elevation off",
    file: gate,
    find: "    if (!policy.enabled || !policy.principals",
    replace: "    if (!policy.principals",
  },
  {
    id: "keeps-grants-of-principals-that-are-gone",
    kills: ["ELV-061"],
    message: "without the principal",
    file: gate,
    find: "if (!policy.enabled || !policy.principals.includes(context.principalId) ||",
    replace: "if (!policy.enabled ||",
  },
  {
    id: "keeps-grants-of-agents-that-are-gone",
    kills: ["ELV-061"],
    message: "without the agent",
    file: gate,
    find: "!policy.principals.includes(context.principalId) || !policy.agents.includes(context.agentId)) return false;",
    replace: "!policy.principals.includes(context.principalId)) return false;",
  },
  {
    id: "keeps-tools-that-are-dropped",
    kills: ["ELV-061"],
    message: "without process",
    file: gate,
    find: "return grant.tools.includes(tool) && askableTools(this.#policy).includes(tool);",
    replace: "return grant.tools.includes(tool) && !this.#policy.deniedTools.includes(tool);",
  },
  {
    id: "keeps-the-time-when-the-longest-is-shorter",
    kills: ["ELV-061"],
    message: "600000 ms",
    file: gate,
    find: "this.#grants.shorten(grant, policy.maxTtlMs)",
    replace: "this.#grants.shorten(grant, 86_400_000)",
  },
  {
    id: "does-not-count-what-a-policy-ends",
    kills: ["ELV-061"],
    message: "revoked: 2",
    file: gate,
    find: "revoked: revoked.length + outlived.length",
    replace: "revoked: outlived.length",
  },
  {
    id: "a-new-policy-ends-everything",
    kills: ["ELV-061"],
    message: "reloaded",
    file: gate,
    find: "const revoked = this.#grants.stoppable().filter((grant) => !this.#holdsUnder(policy, grant));",
    replace:
      "const revoked = this.#grants.stoppable().filter((grant) => !this.#holdsUnder(policy, grant) || policy.maxTtlMs === 3_600_000);",
  },
  {
    id: "takes-over-a-policy-as-it-is",
    kills: ["ELV-062"],
    message: "requested it: principal",
    file: gate,
    find: "    this.#policy = policy;\n    const revoked",
    replace: "    this.#policy = next;\n    const revoked",
  },
  {
    id: "adds-principals",
    kills: ["ELV-062"],
    message: "deferred",
    file: policy,
    find: 'const ALLOWED = ["principals", "admins", "agents", "tools"] as const;',
    replace: 'const ALLOWED = ["admins", "agents", "tools"] as const;',
  },
  {
    id: "adds-time",
    kills: ["ELV-062"],
    message: "deferred",
    file: policy,
    find: "const NUMBERS = { maxTtlMs: true, pendingTtlMs: true,",
    replace: "const NUMBERS = { pendingTtlMs: true,",
  },
  {
    id: "adds-guesses",
    kills: ["ELV-062"],
    message: "deferred",
    file: policy,
    find: "pendingTtlMs: true, maxAttempts: true,",
    replace: "pendingTtlMs: true,",
  },
  {
    id: "switches-itself-on",
    kills: ["ELV-062"],
    message: "switches elevation on",
    file: policy,
    find: "enabled: current.enabled && next.enabled,",
    replace: "enabled: next.enabled,",
  },
  {
    id: "allows-tools-that-were-denied",
    kills: ["ELV-062"],
    message: "deferred",
    file: policy,
    find: "deniedTools: [...new Set([...current.deniedTools, ...next.deniedTools])],",
    replace: "deniedTools: next.deniedTools,",
  },
  {
    id: "says-nothing-of-what-waits",
    kills: ["ELV-062"],
    message: "deferred: ",
    file: gate,
    find: "return { deferred: [...deferred], revoked: revoked.length + outlived.length };",
    replace: "return { deferred: deferred.slice(0, 0), revoked: revoked.length + outlived.length };",
  },
  {
    id: "takes-half-a-policy",
    kills: ["ELV-063"],
    message: "a missing member",
    file: gate,
    find: 'const next = parseArgument("policy", elevationPolicySchema, givenPolicy);',
    replace:
      "const parsed = elevationPolicySchema.safeParse(givenPolicy);\n    const next = parsed.success ? parsed.data : { ...this.#policy, ...givenPolicy };",
  },
  {
    id: "uses-a-policy-before-it-is-checked",
    kills: ["ELV-063"],
    message: "checked a call of the grant after that",
    file: gate,
    find: '    const next = parseArgument("policy", elevationPolicySchema, givenPolicy);\n',
    replace:
      '    if (givenPolicy.enabled === false && !elevationPolicySchema.safeParse(givenPolicy).success) for (const grant of this.#grants.live()) this.#grants.stop(grant, "policy");\n    const next = parseArgument("policy", elevationPolicySchema, givenPolicy);\n',
  },
  {
    id: "ends-one-grant-of-a-session",
    kills: ["ELV-064"],
    message: "revoked: 3",
    file: gate,
    find: '    for (const grant of grants) this.#grants.stop(grant, "session ended");\n    return { revoked: grants.length };',
    replace:
      '    for (const grant of grants.slice(0, 1)) this.#grants.stop(grant, "session ended");\n    return { revoked: Math.min(1, grants.length) };',
  },
  {
    id: "ends-the-active-grants-of-a-session-only",
    kills: ["ELV-036", "ELV-064"],
    message: "end the session",
    file: gate,
    find: "const grants = this.#grants.stoppable().filter(({ context }) => context.sessionId === sessionId);",
    replace:
      'const grants = this.#grants.stoppable().filter(({ context, state }) => context.sessionId === sessionId && state !== "pending");',
  },
  {
    id: "ends-sessions-with-the-same-start",
    kills: ["ELV-064"],
    message: "revoked: 3",
    file: gate,
    find: "filter(({ context }) => context.sessionId === sessionId);",
    replace: "filter(({ context }) => context.sessionId.startsWith(sessionId));",
  },
  {
    id: "revokes-only-what-is-active",
    kills: ["ELV-065"],
    message: "revoked: a pending one",
    file: gate,
    find: "const grants = this.#grants.stoppable().filter((grant) => reach(grant) && isMeant(grant));",
    replace:
      'const grants = this.#grants.stoppable().filter((grant) => reach(grant) && isMeant(grant) && (grant.state !== "pending" || typeof target === "string"));',
  },
  {
    id: "lets-anybody-revoke-by-id",
    kills: ["ELV-065"],
    message: "another's id",
    file: gate,
    find: "const reach = (grant: Grant): boolean => isAdmin ||",
    replace: 'const reach = (grant: Grant): boolean => isAdmin || (isHuman && typeof target === "object") ||',
  },
  {
    id: "lets-anybody-revoke-all",
    kills: ["ELV-065"],
    message: "another's all",
    file: gate,
    find: "const reach = (grant: Grant): boolean => isAdmin ||",
    replace: 'const reach = (grant: Grant): boolean => isAdmin || (isHuman && target === "all") ||',
  },
  {
    id: "lets-nobody-but-people-revoke",
    kills: ["ELV-065"],
    message: "by the agent's turn",
    file: gate,
    find: 'if (!isHuman && target === "all")',
    replace: "if (!isHuman)",
  },
  {
    id: "revokes-for-every-agent-of-the-session",
    kills: ["ELV-065"],
    message: "revoked: own",
    file: gate,
    find: 'return target === "own" ? grant.key === key : grant.grantId === target.grantId;',
    replace: 'return target === "own" ? grant.context.sessionId === context.sessionId && isHuman : grant.grantId === target.grantId;',
  },
  {
    id: "knows-no-admins",
    kills: ["ELV-065"],
    message: "an admin by id",
    file: gate,
    find: "const isAdmin = isHuman && this.#policy.admins.includes(context.principalId);",
    replace: "const isAdmin = isHuman && this.#policy.admins.length > 100;",
  },
  {
    id: "revokes-all-of-the-session-only",
    kills: ["ELV-065"],
    message: "all of the principal",
    file: gate,
    find: '      if (target === "all") return true;\n',
    replace: '      if (target === "all") return isAdmin || grant.key === key;\n',
  },
  {
    id: "guesses-at-what-is-malformed",
    kills: ["ELV-066"],
    message: "INVALID_REQUEST",
    file: parse,
    find: "  if (parsed.success) return parsed.data;\n",
    replace: '  if (parsed.success) return parsed.data;\n  if (name === "sessionId") return "" as Value;\n',
  },
  {
    id: "audits-what-is-malformed",
    kills: ["ELV-066"],
    message: "gate.started and elevation.requested",
    file: gate,
    find: '    const context = parseArgument("context", trustedContextSchema, givenContext);\n    const request = parseArgument("request", elevationRequestSchema, givenRequest);\n',
    replace:
      '    const context = parseArgument("context", trustedContextSchema, givenContext);\n    if (!elevationRequestSchema.safeParse(givenRequest).success) this.#grants.tellRefusal("E_REASON", context);\n    const request = parseArgument("request", elevationRequestSchema, givenRequest);\n',
  },
  {
    id: "keeps-grants-in-a-file",
    kills: ["ELV-059"],
    message: "killed the process",
    file: subject,
    find: OPEN,
    replace: `    "elevation-gate@1": {
      open: ({ config, clock, dir, host: { audit, hook } }: SubjectEnvironment<ElevationConfig>) => {
        const { existsSync, readFileSync, writeFileSync } = process.getBuiltinModule("node:fs");
        const gate = new ReferenceElevationGate({ ...config, clock, audit: (event) => audit!(event), hook: (prompt) => hook!(prompt) });
        const [confirm, check] = [gate.confirm.bind(gate), gate.check.bind(gate)];
        const saved = existsSync(dir + "/grants") ? readFileSync(dir + "/grants", "utf8") : "";
        gate.confirm = async (context, code) => {
          const reply = await confirm(context, code);
          if (reply.code === "OK_ACTIVE") writeFileSync(dir + "/grants", context.sessionId);
          return reply;
        };
        gate.check = async (context, call) => {
          const verdict = await check(context, call);
          return saved === context.sessionId && verdict.decision === "sandbox" ? { ...verdict, decision: "host", why: "ELEVATED" } : verdict;
        };
        return gate;
      },
`,
  },
  {
    id: "believes-a-file-of-grants",
    kills: ["ELV-060"],
    message: "put back a copy",
    file: subject,
    find: OPEN,
    replace: `    "elevation-gate@1": {
      open: ({ config, clock, dir, host: { audit, hook } }: SubjectEnvironment<ElevationConfig>) => {
        const { existsSync, readFileSync } = process.getBuiltinModule("node:fs");
        const gate = new ReferenceElevationGate({ ...config, clock, audit: (event) => audit!(event), hook: (prompt) => hook!(prompt) });
        const check = gate.check.bind(gate);
        const saved = existsSync(dir + "/grants.json") ? readFileSync(dir + "/grants.json", "utf8") : "";
        gate.check = async (context, call) => {
          const verdict = await check(context, call);
          return saved.includes(context.sessionId) && verdict.decision === "sandbox" ? { ...verdict, decision: "host", why: "ELEVATED" } : verdict;
        };
        return gate;
      },
`,
  },
];
