/** Ends a case as FAIL: a check did not hold. */
export class CheckFailed extends Error {
  override readonly name = "CheckFailed";
}

/** Ends a case as INCONCLUSIVE: something that another requirement asks for did not hold. */
export class ControlFailed extends Error {
  override readonly name = "ControlFailed";
  readonly requirement: string;

  constructor(requirement: string, message: string) {
    super(message);
    this.requirement = requirement;
  }
}

/** Ends a case as NOT_RUN: this machine, or this way of running, cannot show it. */
export class HostCannot extends Error {
  override readonly name = "HostCannot";
}
