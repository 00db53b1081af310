/** No answer came in time: the case that asked fails. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly next: string;

  constructor(
    message: string,
    next = "Find out what it waits for: a promise that nobody settles, a lock, a busy loop, or a file that blocks when it is opened. `--trace` shows the last frames.",
  ) {
    super(message);
    this.next = next;
  }
}

/** The process ended while something was expected of it: the case that asked fails. */
export class SubjectGone extends Error {
  override readonly name = "SubjectGone";
  readonly next =
    "Find the crash in what it wrote to stderr, or run the replay line; an exception in a timer or an event handler ends a Node process, and so does `process.exit`.";
}

/** The answer broke a WIRE row, which fails by itself; the case that asked cannot be judged. */
export class Unjudgeable extends Error {
  override readonly name = "Unjudgeable";
  readonly requirement: string;

  constructor(requirement: string, message: string) {
    super(message);
    this.requirement = requirement;
  }
}
