import type {
  AcquireRequest,
  Acquired,
  CallFacts,
  ElevationPolicy,
  ElevationReply,
  ElevationRequest,
  RevokeTarget,
  TrustedContext,
  Verdict,
} from "@flynn/sdk/elevation-gate";

import type { CaseContext } from "../../judge/case-context.ts";
import type { Answer, OpenInstance } from "../../judge/open-instance.ts";
import type { Random } from "../../judge/random.ts";
import { shown } from "../../judge/shown.ts";
import { AuditHost } from "./audit-host.ts";
import { HookHost } from "./hook-host.ts";

export type Reply = Answer<ElevationReply>;
export type Requested = Answer<ElevationReply & { readonly challenge: unknown }>;

/** A grant as the case knows it. */
export interface Known {
  readonly grantId: string;
  readonly code: string;
}

export const TOOLS = ["exec", "process", "fs.write"] as const;
export const DENIED_TOOL = "raw.disk";

/** Long enough for a slow machine under `--real-clock`, short enough to wait for. */
export const PENDING_MS = 4_000;
export const LOCKOUT_MS = 4_000;
export const HOOK_TIMEOUT_MS = 3_000;
export const MAX_TTL_MS = 3_600_000;

/** A person on a private terminal, with an agent that may be elevated. */
export function someone(random: Random, changes: Partial<TrustedContext> = {}): TrustedContext {
  return {
    principalId: `@${random.word()}:example.invalid`,
    sessionId: `ses-${random.word()}`,
    agentId: `agent-${random.word()}`,
    surface: "cli",
    origin: "human",
    isDirect: true,
    ...changes,
  };
}

/** The agent's own turn for that person. */
export function turnOf(person: TrustedContext): TrustedContext {
  return { ...person, origin: "model" };
}

export function policyFor(people: readonly TrustedContext[], changes: Partial<ElevationPolicy> = {}): ElevationPolicy {
  return {
    enabled: true,
    maxTtlMs: MAX_TTL_MS,
    pendingTtlMs: PENDING_MS,
    maxAttempts: 3,
    lockoutMs: LOCKOUT_MS,
    hookTimeoutMs: HOOK_TIMEOUT_MS,
    principals: [...new Set(people.map(({ principalId }) => principalId))],
    admins: [],
    agents: [...new Set(people.map(({ agentId }) => agentId))],
    tools: [...TOOLS, DENIED_TOOL],
    deniedTools: [DENIED_TOOL],
    ...changes,
  };
}

export function callOf(random: Random, tool: string = TOOLS[0], changes: Partial<CallFacts> = {}): CallFacts {
  const digest = (): string => random.bytes(32).toString("hex");
  return {
    tool,
    argv: ["systemctl", "restart", random.word()],
    cwd: { path: `/srv/${random.word()}`, device: "2049", inode: String(random.integer(1_000_000)) },
    environmentDigest: digest(),
    executable: { path: `/usr/bin/${random.word()}`, sha256: digest() },
    script: null,
    ...changes,
  };
}

/** An open gate, and the host's two ports of it. */
export class Gate {
  readonly context: CaseContext;
  readonly instance: OpenInstance;
  /** Whom the policy lets ask. */
  readonly people: readonly TrustedContext[];
  readonly audit: AuditHost;
  readonly hook: HookHost;

  constructor(context: CaseContext, instance: OpenInstance, people: readonly TrustedContext[], audit: AuditHost, hook: HookHost) {
    this.context = context;
    this.people = people;
    this.instance = instance;
    this.audit = audit;
    this.hook = hook;
  }

  static async open(context: CaseContext, people: readonly TrustedContext[], changes: Partial<ElevationPolicy> = {}): Promise<Gate> {
    const audit = new AuditHost();
    const hook = new HookHost();
    const instance = await context.open({
      config: { policy: policyFor(people, changes), auditHead: null },
      ports: { audit: audit.handler, hook: hook.handler },
    });
    return new Gate(context, instance, people, audit, hook);
  }

  /** Another process on the same directory; its events go on to the same host. */
  async afterKill(): Promise<Gate> {
    return new Gate(this.context, await this.instance.killAndReopen(), this.people, this.audit, this.hook);
  }

  request(who: TrustedContext, changes: Partial<ElevationRequest> = {}): Promise<Requested> {
    return this.instance.ask("request", who, { ttlMs: 60_000, reason: `restart ${this.context.random.word()}`, ...changes });
  }

  beginRequest(who: TrustedContext): Promise<Requested> {
    const wish = { ttlMs: 60_000, reason: `restart ${this.context.random.word()}` };
    return this.instance.begin<ElevationReply & { readonly challenge: unknown }>("request", [who, wish]).answer;
  }

  confirm(who: TrustedContext, code: string): Promise<Reply> {
    return this.instance.ask("confirm", who, code);
  }

  beginConfirm(who: TrustedContext, code: string): Promise<Reply> {
    return this.instance.begin<ElevationReply>("confirm", [who, code]).answer;
  }

  deny(who: TrustedContext): Promise<Reply> {
    return this.instance.ask("deny", who);
  }

  revoke(who: TrustedContext, target: RevokeTarget = "own"): Promise<Reply> {
    return this.instance.ask("revoke", who, target);
  }

  status(who: TrustedContext): Promise<Reply> {
    return this.instance.ask("status", who);
  }

  check(who: TrustedContext, call: CallFacts): Promise<Answer<Verdict>> {
    return this.instance.ask("check", who, call);
  }

  acquire(who: TrustedContext, request: AcquireRequest): Promise<Answer<Acquired>> {
    return this.instance.ask("acquire", who, request);
  }

  anyCall(): CallFacts {
    return callOf(this.context.random);
  }

  /** `host`, `sandbox`, `deny`, or the code of the error; for a call that was never looked at before, where none is given. */
  async decision(who: TrustedContext, tool: string = TOOLS[0], call = callOf(this.context.random, tool)): Promise<string> {
    const answer = await this.check(who, call);
    return answer.ok ? answer.value.decision : answer.error.code;
  }

  /** What `acquire` says to a call that was just checked. */
  async acquisition(who: TrustedContext, tool: string = TOOLS[0]): Promise<string> {
    const call = callOf(this.context.random, tool);
    return codeOf(await this.acquire(who, { call, checkedDigest: await this.digestOf(who, call) }));
  }

  async digestOf(who: TrustedContext, call: CallFacts): Promise<string> {
    const answer = await this.check(who, call);
    return answer.ok ? answer.value.callDigest : "";
  }

  /** A request that waits for its code. */
  async pending(who: TrustedContext, changes: Partial<ElevationRequest> = {}): Promise<Known> {
    const answer = await this.request(who, changes);
    this.context.control("ELV-001", isPendingFor(who, answer), {
      did: "asked for a grant that the policy allows",
      expected: "OK_PENDING for this session with a challenge",
      got: shown(answer),
    });
    if (!answer.ok) throw new Error("unreachable: the control did not hold");
    const code = await this.instance.reveal(answer.value.challenge);
    return { grantId: answer.value.grants[0]?.grantId ?? "", code };
  }

  /** A grant that is active. */
  async elevate(who: TrustedContext, changes: Partial<ElevationRequest> = {}): Promise<Known> {
    const known = await this.pending(who, changes);
    const answer = await this.confirm(who, known.code);
    this.context.control("ELV-001", codeOf(answer) === "OK_ACTIVE", {
      did: "confirmed the request with its code",
      expected: "OK_ACTIVE",
      got: shown(answer),
    });
    return known;
  }

  /** Something later than everything so far, whose event comes after all others. */
  async barrier(who: TrustedContext): Promise<void> {
    const { grantId } = await this.pending({ ...who, sessionId: `ses-${this.context.random.word(16)}` });
    await this.audit.takes((event) => event.type === "elevation.requested" && event.grantId === grantId);
  }
}

export function isPendingFor({ principalId, sessionId, agentId }: TrustedContext, answer: Requested): boolean {
  if (!answer.ok || answer.value.code !== "OK_PENDING" || answer.value.challenge === null) return false;
  const [grant] = answer.value.grants;
  return grant?.state === "pending" && grant.principalId === principalId && grant.sessionId === sessionId && grant.agentId === agentId;
}

/** The code of a reply or of an acquisition, or of the error in its place. */
export function codeOf(answer: Answer<{ readonly code: string }>): string {
  return answer.ok ? answer.value.code : answer.error.code;
}

/** Another code of the same form. */
export function otherThan(code: string): string {
  const [first = "0"] = code;
  return `${first === "0" ? "1" : "0"}${code.slice(1)}`;
}
