/** No answer came in time: the case that asked fails. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

/** The process ended while something was expected of it: the case that asked fails. */
export class SubjectGone extends Error {
  override readonly name = "SubjectGone";
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
