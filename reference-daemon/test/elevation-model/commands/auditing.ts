import assert from "node:assert/strict";

import fc from "fast-check";

import { ElevationCommand } from "../elevation-command.ts";
import type { Step } from "../elevation-command.ts";
import { reloadStep } from "./ending.ts";

const refuse: Step = async (oracle, world) => {
  oracle.isAuditTaking = false;
  world.isAuditTaking = false;
};

/** The log takes events again; a reload gives it one, and what is owed has to be told before that. */
const take: Step = async (oracle, world) => {
  oracle.isAuditTaking = true;
  world.isAuditTaking = true;
  const owed = oracle.grants.filter(({ state, isForgotten }) => state === "over" && !isForgotten);
  await reloadStep(({ policy }) => policy)(oracle, world);
  await world.gate.flushed();
  const told = world.log.slice(
    0,
    world.log.findLastIndex(({ type }) => type === "gate.reloaded"),
  );
  for (const { grantId, endings } of owed) {
    const isTold = told.some((event) => event.grantId === grantId && endings.some((ending) => event.type === `elevation.${ending}`));
    assert.ok(isTold, `the end of a grant that is ${endings.join(" or ")} is told before anything else`);
  }
};

/** What the gate does meanwhile, and whether it makes good for it after. */
export function withoutAudit(meanwhile: Readonly<Record<string, Step>>): fc.Arbitrary<ElevationCommand> {
  return fc.array(fc.constantFrom(...Object.entries(meanwhile)), { minLength: 1, maxLength: 3 }).map((steps) => {
    const names = steps.map(([name]) => name).join(", ");
    return new ElevationCommand(`while the audit refuses: ${names}`, refuse, ...steps.map(([, step]) => step), take);
  });
}

export const auditRefuses = fc.constant(new ElevationCommand("the audit refuses", refuse));

export const auditTakes = fc.constant(
  new ElevationCommand("the audit takes events", take).onlyWhere(({ isAuditTaking }) => !isAuditTaking),
);
