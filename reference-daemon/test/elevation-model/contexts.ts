import type { CallFacts, ElevationPolicy, TrustedContext } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";

/** Whose grant it is. */
export type Seat = Pick<TrustedContext, "principalId" | "sessionId" | "agentId">;

const AT_A_TERMINAL = { surface: "cli", origin: "human", isDirect: true } as const;

/** Where four out of five commands happen: spread evenly, commands hardly ever meet the same grant twice. */
export const HOT: TrustedContext = { principalId: "alice", sessionId: "s1", agentId: "main", ...AT_A_TERMINAL };

/** Each differs from the hot one in one id, but for the administrator. */
const OTHER_SEATS: readonly TrustedContext[] = [
  { ...HOT, sessionId: "s2" },
  { ...HOT, agentId: "helper" },
  { ...HOT, principalId: "bob" },
  { ...HOT, principalId: "root" },
];

const NOT_ALLOWED: readonly TrustedContext[] = [
  { ...HOT, principalId: "mallory" },
  { ...HOT, agentId: "stray" },
];

const NOT_A_PERSON: readonly TrustedContext[] = [
  { ...HOT, origin: "model" },
  { ...HOT, origin: "system" },
  { ...HOT, sessionId: "s2", origin: "model" },
  { ...HOT, principalId: "root", origin: "model" },
];

const WITHOUT_COMMANDS: readonly TrustedContext[] = [
  { ...HOT, surface: "webhook" },
  { ...HOT, surface: "cron" },
];

/** Everybody who could have a grant. */
const SEATS: readonly TrustedContext[] = [HOT, ...OTHER_SEATS];

/** Everybody whose calls are looked at after each command. */
export const WATCHED: readonly TrustedContext[] = [...SEATS, ...NOT_ALLOWED, { ...HOT, origin: "model" }, { ...HOT, origin: "system" }];

export const BASE_POLICY: ElevationPolicy = {
  enabled: true,
  maxTtlMs: 60_000,
  pendingTtlMs: 10_000,
  maxAttempts: 3,
  lockoutMs: 15_000,
  hookTimeoutMs: 3_000,
  principals: ["alice", "bob", "root"],
  admins: ["root"],
  agents: ["main", "helper"],
  tools: ["exec", "write"],
  deniedTools: [],
};

/** A person who may ask, nearly always the same. */
export const person: fc.Arbitrary<TrustedContext> = fc.oneof(
  { weight: 8, arbitrary: fc.constant(HOT) },
  { weight: 2, arbitrary: fc.constantFrom(...OTHER_SEATS) },
);

/** Anybody, mostly such a person. */
export const anybody: fc.Arbitrary<TrustedContext> = fc.oneof(
  { weight: 8, arbitrary: person },
  { weight: 2, arbitrary: fc.constantFrom(...NOT_ALLOWED, ...NOT_A_PERSON, ...WITHOUT_COMMANDS) },
);

/** Who might end what is not theirs to end. */
export const meddler: fc.Arbitrary<TrustedContext> = fc.constantFrom(...OTHER_SEATS, ...NOT_A_PERSON);

/** Also from where others read along; only for requests, which are refused there. */
export const requester: fc.Arbitrary<TrustedContext> = fc.oneof(
  { weight: 9, arbitrary: anybody },
  { weight: 1, arbitrary: fc.constant({ ...HOT, isDirect: false }) },
);

export function isSameSeat(one: Seat, other: Seat): boolean {
  return one.principalId === other.principalId && one.sessionId === other.sessionId && one.agentId === other.agentId;
}

/** A call of a tool; two with different words are two calls. */
export function callOf(tool: string, word = "one"): CallFacts {
  const digest = "a".repeat(64);
  return {
    tool,
    argv: ["/bin/echo", word],
    cwd: { path: "/srv", device: "1", inode: "2" },
    environmentDigest: digest,
    executable: { path: "/bin/echo", sha256: digest },
    script: null,
  };
}

/** For counterexamples. */
export function nameOf({ principalId, sessionId, agentId, surface, origin, isDirect }: TrustedContext): string {
  return [`${principalId}/${sessionId}/${agentId}`, origin, ...(surface === "cli" ? [] : [surface]), ...(isDirect ? [] : ["heard"])].join(
    " ",
  );
}
