import type { FrameId } from "@flynn/sdk/wire";

import type { RpcAnswer } from "./rpc-answer.ts";

/** A request that has not been answered. */
export interface PendingRequest {
  /** What was asked, in words. */
  readonly method: string;
  /** Its response is the one in which a secret may cross. */
  readonly mayHoldSecret: boolean;
  readonly settle: (answer: RpcAnswer) => void;
  readonly fail: (error: Error) => void;
}

/** The requests of one session, each of which is settled once. */
export class PendingRequests {
  readonly #pending = new Map<FrameId, PendingRequest>();
  readonly #answered = new Set<FrameId>();

  get size(): number {
    return this.#pending.size;
  }

  /** The id of the one open request, where there is one and no more. */
  get only(): FrameId | undefined {
    const [id] = this.#pending.keys();
    return this.#pending.size === 1 ? id : undefined;
  }

  add(id: FrameId, method: string, mayHoldSecret: boolean): Promise<RpcAnswer> {
    return new Promise((settle, fail) => {
      this.#pending.set(id, { method, mayHoldSecret, settle, fail });
    });
  }

  get(id: FrameId): PendingRequest | undefined {
    return this.#pending.get(id);
  }

  /** The request under this id, which from now on counts as answered. */
  take(id: FrameId): PendingRequest | undefined {
    const pending = this.#pending.get(id);
    if (pending) {
      this.#pending.delete(id);
      this.#answered.add(id);
    }
    return pending;
  }

  wasAnswered(id: FrameId): boolean {
    return this.#answered.has(id);
  }

  failAll(error: Error): void {
    for (const [id, pending] of this.#pending) {
      this.#pending.delete(id);
      pending.fail(error);
    }
  }
}
