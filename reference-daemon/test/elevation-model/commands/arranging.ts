import type { ElevationRequest, TrustedContext } from "@flynn/sdk/elevation-gate";
import fc from "fast-check";

import { nameOf, person } from "../contexts.ts";
import type { ElevationCommand, Step } from "../elevation-command.ts";
import { confirmStep, requestStep } from "./asking.ts";

interface Arrangement {
  readonly state: "pending" | "active";
  readonly request: ElevationRequest;
}

const REASON = "restart the web server";

const ARRANGEMENTS: readonly Arrangement[] = [
  { state: "pending", request: { ttlMs: 5_000, reason: REASON } },
  { state: "pending", request: { ttlMs: 30_000, reason: REASON, tools: ["exec"] } },
  { state: "active", request: { ttlMs: 5_000, reason: REASON } },
  { state: "active", request: { ttlMs: 30_000, reason: REASON, tools: ["exec"] } },
  { state: "active", request: { ttlMs: 30_000, reason: REASON, mode: "once" } },
];

/** Sees to it that there is such a grant, as far as the gate gives one now. */
function arrange(context: TrustedContext, { state, request }: Arrangement): Step {
  return async (oracle, world) => {
    if (!oracle.activeOf(context) && !oracle.pendingOf(context)) await requestStep(context, request)(oracle, world);
    if (state === "active" && oracle.pendingOf(context)) await confirmStep(context, "current")(oracle, world);
  };
}

/** A command that mostly has something to be about, which by chance alone is rare. */
export function arranged(command: fc.Arbitrary<ElevationCommand>, only?: Arrangement["state"]): fc.Arbitrary<ElevationCommand> {
  const fitting = ARRANGEMENTS.filter(({ state }) => only === undefined || state === only);
  const arrangement = fc.option(fc.tuple(person, fc.constantFrom(...fitting)), { nil: undefined, freq: 3 });
  return fc.tuple(arrangement, command).map(([arrangedFor, bare]) => {
    if (!arrangedFor) return bare;
    const [context, { state, request }] = arrangedFor;
    const name = `with a grant of ${nameOf(context)} that is ${state}, ${fc.stringify(request)}`;
    return bare.after(name, arrange(context, { state, request }));
  });
}
