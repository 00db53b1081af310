import type { Action } from "@flynn/sdk/skill-scanner";

/** The larger, the more a finding does. */
export const ACTION_WEIGHT: Readonly<Record<Action, number>> = { note: 0, warn: 1, reject: 2 };
