import { elevationPolicySchema, trustedContextSchema } from "@flynn/sdk/elevation-gate";
import type { AuditEvent, CallFacts, ElevationPolicy, TrustedContext } from "@flynn/sdk/elevation-gate";
import { VirtualClock } from "@flynn/sdk/kernel";
import type { ClockReading } from "@flynn/sdk/kernel";

import { answerCommand } from "../src/commands/answer-command.ts";
import type { CommandAnswer } from "../src/commands/command-answer.ts";
import { ReferenceElevationGate } from "../src/elevation/index.ts";
import type { CommandStep } from "./command-table.ts";

const PERSON: TrustedContext = {
  principalId: "local:1000",
  sessionId: "session-1",
  agentId: "main",
  surface: "cli",
  origin: "human",
  isDirect: true,
};

const POLICY: ElevationPolicy = {
  enabled: true,
  maxTtlMs: 900_000,
  pendingTtlMs: 120_000,
  maxAttempts: 3,
  lockoutMs: 30_000,
  hookTimeoutMs: 5_000,
  principals: [PERSON.principalId, "local:1001"],
  admins: ["local:0"],
  agents: ["main", "helper"],
  tools: ["exec", "process"],
  deniedTools: [],
};

const DIGEST = "a".repeat(64);
const CALL: CallFacts = {
  tool: "exec",
  argv: ["true"],
  cwd: { path: "/srv", device: "1", inode: "2" },
  environmentDigest: DIGEST,
  executable: { path: "/bin/true", sha256: DIGEST },
  script: null,
};

/** The person at the terminal, but for what is said. */
export function contextOf(members: object = {}): TrustedContext {
  return trustedContextSchema.parse({ ...PERSON, ...members });
}

/** What a program and a person see of an answer, with names that are the same in every run. */
export interface StableAnswer {
  readonly code: string;
  readonly text: string;
  readonly data: unknown;
}

/** A gate on a clock that stands still, with a log in memory, and what was said to it so far. */
export class CommandWorld {
  readonly audit: AuditEvent[] = [];
  /** That were shown, oldest first. */
  readonly codes: string[] = [];
  readonly gate: ReferenceElevationGate;
  readonly #clock = new VirtualClock({ mono: 1_000, boot: 2_000, wall: 1_800_000_000_000 });
  readonly #grantIds: string[] = [];
  #isAuditDown = false;
  #hook: () => Promise<unknown> = () => Promise.resolve({ allow: true });

  constructor(policy: object = {}) {
    this.gate = new ReferenceElevationGate({
      policy: elevationPolicySchema.parse({ ...POLICY, ...policy }),
      clock: this.#clock,
      auditHead: null,
      audit: async (event) => {
        if (this.#isAuditDown) throw new Error("no space left");
        this.audit.push(event);
      },
      hook: () => this.#hook(),
    });
  }

  async take(step: CommandStep): Promise<void> {
    if ("say" in step) await this.say(this.filledIn(step.say), contextOf(step.as));
    else if ("pass" in step) this.#move({ mono: step.pass, boot: step.pass, wall: step.pass });
    else if ("wall" in step) this.#move({ mono: 0, boot: 0, wall: step.wall });
    else if ("audit" in step) this.#isAuditDown = true;
    else if ("hook" in step)
      this.#hook = () => (step.hook === "refuses" ? Promise.resolve({ allow: false }) : Promise.reject(new Error("no")));
    else await this.#call();
  }

  /** Answers as every surface does, and remembers the code that it was shown. */
  async say(message: string, context: TrustedContext): Promise<CommandAnswer | undefined> {
    const answer = await answerCommand({ gate: this.gate, context, message });
    const code = await answer?.challenge?.reveal();
    if (code !== undefined) this.codes.push(code);
    for (const { grantId } of answer?.data.grants ?? []) {
      if (!this.#grantIds.includes(grantId)) this.#grantIds.push(grantId);
    }
    return answer;
  }

  /** `{code}` and `{first code}`: the last and the first that were shown. `{grant}`: the id of the last grant. `{x:300}`: a word of so many letters. */
  filledIn(message: string): string {
    return message
      .replaceAll("{code}", this.codes.at(-1) ?? "none")
      .replaceAll("{first code}", this.codes[0] ?? "none")
      .replaceAll("{grant}", this.#grantIds.at(-1) ?? "none")
      .replaceAll(/\{x:(\d+)\}/gu, (_, length: string) => "x".repeat(Number(length)));
  }

  stable(answer: CommandAnswer): StableAnswer {
    let text = JSON.stringify(answer);
    for (const [index, grantId] of this.#grantIds.entries()) text = text.replaceAll(grantId, `elv_${index + 1}`);
    // JSON.parse: what was written a line above.
    return JSON.parse(text) as StableAnswer;
  }

  #move(by: ClockReading): void {
    const clock = this.#clock;
    clock.set({ mono: clock.mono() + by.mono, boot: clock.boot() + by.boot, wall: clock.wall() + by.wall });
  }

  async #call(): Promise<void> {
    const { callDigest } = await this.gate.check(PERSON, CALL);
    const { code } = await this.gate.acquire(PERSON, { call: CALL, checkedDigest: callDigest });
    if (code !== "GRANTED") throw new Error(`The call of the table is ${code}`);
  }
}
