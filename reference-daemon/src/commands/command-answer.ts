import type { ElevationReply, ReplyCode } from "@flynn/sdk/elevation-gate";
import type { Secret, SecretHandle } from "@flynn/sdk/kernel";

/** What of an answer is for programs: the reply of the gate without its code, which is beside it. */
export type AnswerData = Omit<ElevationReply, "code">;

export interface CommandAnswerMembers {
  readonly code: ReplyCode | "E_SYNTAX";
  readonly text: string;
  readonly data: AnswerData;
  readonly challenge?: Secret | SecretHandle | null;
}

/** The answer to a command. All of it is the same on every surface, but for how the principal is shown the challenge. */
export class CommandAnswer {
  readonly code: ReplyCode | "E_SYNTAX";
  readonly text: string;
  readonly data: AnswerData;
  readonly #challenge: Secret | SecretHandle | undefined;

  constructor({ code, text, data, challenge }: CommandAnswerMembers) {
    this.code = code;
    this.text = text;
    this.data = data;
    this.#challenge = challenge ?? undefined;
  }

  /** With `OK_PENDING` only. It is no member: whoever copies, logs or sends an answer does not have it with the rest. */
  get challenge(): Secret | SecretHandle | undefined {
    return this.#challenge;
  }
}
