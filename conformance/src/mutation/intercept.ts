import type { Transport, TransportListener } from "../wire/transport.ts";

/** The members of a frame. */
export type Members = Record<string, unknown>;

/** What becomes of the frames that pass. Each gives the frames to deliver in place of one, none to lose it. */
export interface Interception {
  fromSubject?(frame: Members, surroundings: Surroundings): readonly (Members | string)[];
  toSubject?(frame: Members, surroundings: Surroundings): readonly Members[];
}

/** What an interception can do beside answering with frames. */
export interface Surroundings {
  /** Lets the host see a frame that the subject did not send, after what is being delivered. */
  readonly deliver: (frame: Members) => void;
  /** Sends the subject a frame that the host did not send. */
  readonly send: (frame: Members) => void;
  /** As if the subject had written it to stderr. */
  readonly writeToStderr: (text: string) => void;
  readonly kill: (signal: "SIGTERM" | "SIGKILL") => void;
}

/** A transport whose frames pass through an interception, both ways. */
export function intercepting(inner: Transport, interception: Interception): Transport {
  let listener: TransportListener | undefined;
  const surroundings: Surroundings = {
    deliver: (frame) => queueMicrotask(() => listener?.line(JSON.stringify(frame))),
    send: (frame) => inner.send(JSON.stringify(frame)),
    writeToStderr: (text) => listener?.stderr(text),
    kill: (signal) => inner.kill(signal),
  };
  return {
    exited: inner.exited,
    endInput: () => inner.endInput(),
    kill: (signal) => inner.kill(signal),
    unfinishedLine: () => inner.unfinishedLine(),
    listen: (given) => {
      listener = given;
      const line = (text: string): void => {
        const parsed = membersOf(text);
        const frames = parsed && interception.fromSubject ? interception.fromSubject(parsed, surroundings) : [text];
        for (const frame of frames) given.line(typeof frame === "string" ? frame : JSON.stringify(frame));
      };
      inner.listen({ line, stderr: (text) => given.stderr(text), exit: (status) => given.exit(status) });
    },
    send: (text) => {
      const parsed = membersOf(text);
      const frames = parsed && interception.toSubject ? interception.toSubject(parsed, surroundings) : undefined;
      if (frames) for (const frame of frames) inner.send(JSON.stringify(frame));
      else inner.send(text);
    },
  };
}

/** What is no frame passes as it is: it is for the suite to say so. */
function membersOf(text: string): Members | undefined {
  try {
    // JSON.parse: only looked at here; the session checks every frame against its schema.
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : undefined;
  } catch {
    return undefined;
  }
}

export const isResponse = (frame: Members): boolean => "result" in frame || "error" in frame;

/** The response that ends a stream. */
export const isEnd = (frame: Members): boolean =>
  typeof frame["result"] === "object" && frame["result"] !== null && "end" in frame["result"];
