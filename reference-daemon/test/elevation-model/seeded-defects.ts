/** A defect that somebody could have written: text that stands in the gate exactly once, and what stands there instead. */
export interface SeededDefect {
  readonly id: string;
  /** In `src/elevation`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const ELAPSED = "const elapsedMs = Math.max(mono - this.#start.mono, boot - this.#start.boot, wall - this.#start.wall);";

/** What the model has to find; each is a defect that a gate somewhere has had. */
export const SEEDED_DEFECTS: readonly SeededDefect[] = [
  { id: "wall-only", file: "timekeeper.ts", find: ELAPSED, replace: "const elapsedMs = wall - this.#start.wall;" },
  { id: "mono-only", file: "timekeeper.ts", find: ELAPSED, replace: "const elapsedMs = mono - this.#start.mono;" },
  {
    id: "exclusive-boundary",
    file: "timekeeper.ts",
    find: "return this.remainingMs(reading) <= 0;",
    replace: "return new TimeLimit(this.#start, this.#limitMs + 1).remainingMs(reading) <= 0;",
  },
  {
    id: "key-without-session",
    file: "grant.ts",
    find: "return JSON.stringify([principalId, sessionId, agentId]);",
    replace: "return JSON.stringify([principalId, agentId]);",
  },
  {
    id: "double-terminal-event",
    file: "grant-keeper.ts",
    find: "    const wake = (): void => {\n",
    replace:
      '    const wake = (): void => {\n      if (grant.state === "active" && grant.isOver(this.now())) this.#tell("elevation.expired", { grant }, { cause: "timer" });\n',
  },
  {
    id: "model-may-confirm",
    file: "elevation-gate.ts",
    find: "this.#refusal(context, { mayBeHeard: true })",
    replace: 'this.#refusal(context.origin === "model" ? { ...context, origin: "human" } : context, { mayBeHeard: true })',
  },
  {
    id: "unlimited-guesses",
    file: "elevation-gate.ts",
    find: 'if (grant.attemptsLeft > 0) return replyOf("E_CODE", { attemptsLeft: grant.attemptsLeft });',
    replace: 'if (grant.attemptsLeft > -1_000) return replyOf("E_CODE", { attemptsLeft: Math.max(0, grant.attemptsLeft) });',
  },
  {
    id: "ttl-from-request",
    file: "grant.ts",
    find: "this.#limit = new TimeLimit(waits.from, waits.ms);",
    replace:
      'this.#limit = new TimeLimit(waits.from, waits.ms);\n    this.activate = () => {\n      this.#state = "active";\n      this.#limit = new TimeLimit(waits.from, this.#ttlMs);\n    };',
  },
  { id: "no-lazy-expiry", file: "grant-keeper.ts", find: "    if (grant) this.#settle(grant);\n", replace: "" },
];

export function sourceOf({ file }: SeededDefect): URL {
  return new URL(`../../src/elevation/${file}`, import.meta.url);
}
