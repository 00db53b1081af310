import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { TrustedContext } from "@flynn/sdk/elevation-gate";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { shown } from "../../judge/shown.ts";
import { Gate, codeOf, someone, turnOf } from "./gate-in-case.ts";
import type { Known } from "./gate-in-case.ts";

/** Where a gate that kept its state might look for it. */
const FORGED_FILES = ["grants.json", "state.json", "elevation.json", "elevation-state.json", "sessions.json", "gate.json"];

export const restartCases: readonly CaseDefinition[] = [
  defineCase({
    id: "ELV-059/killed",
    requirement: "ELV-059",
    title: "kills the process with a grant active and a request pending, and opens the same directory",
    isolation: "process",
    expects: ["sandbox", "denied", "old code", "status", "goes on"],
    run: async (context) => {
      const [active, waiting] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [active, waiting]);
      await gate.elevate(active);
      const pending = await gate.pending(waiting);
      const later = await gate.afterKill();
      await checkNothing(context, later, active, "killed the process and opened the same directory");
      await checkOldCode(context, later, waiting, pending);
      const status = await later.status(active);
      context.check("status", status.ok && status.value.grants.length === 0, {
        did: "asked for the status after a kill",
        expected: "no grant",
        got: shown(status),
      });
      await checkGoesOn(context, later, active);
    },
  }),
  defineCase({
    id: "ELV-060/state-put-back",
    requirement: "ELV-060",
    title: "copies the directory while a grant is active, and puts the copy back, with files of its own, before the next start",
    isolation: "process",
    expects: ["sandbox", "denied", "old code", "goes on"],
    run: async (context) => {
      const [active, waiting] = [someone(context.random), someone(context.random)];
      const gate = await Gate.open(context, [active, waiting]);
      const { grantId } = await gate.elevate(active);
      const pending = await gate.pending(waiting);
      const { dir } = gate.instance;
      const copy = join(context.workspace, context.random.word());
      mkdirSync(copy);
      cpSync(dir, copy, { recursive: true });
      await gate.revoke(active);
      const between = await gate.afterKill();
      for (const name of readdirSync(dir)) rmSync(join(dir, name), { recursive: true, force: true });
      cpSync(copy, dir, { recursive: true });
      for (const name of FORGED_FILES) forge(join(dir, name), active, grantId);
      const later = await between.afterKill();
      await checkNothing(context, later, active, "put back a copy of the directory from when the grant was active");
      await checkOldCode(context, later, waiting, pending);
      await checkGoesOn(context, later, active);
    },
  }),
];

async function checkNothing(context: CaseContext, gate: Gate, person: TrustedContext, did: string): Promise<void> {
  const decision = await gate.decision(turnOf(person));
  context.check("sandbox", decision === "sandbox", {
    did: `${did}, and checked a call of the old grant`,
    expected: "sandbox",
    got: decision,
  });
  const acquisition = await gate.acquisition(turnOf(person));
  context.check("denied", acquisition === "DENIED_NOT_ELEVATED", {
    did: `${did}, and acquired a call of the old grant`,
    expected: "DENIED_NOT_ELEVATED",
    got: acquisition,
  });
}

async function checkOldCode(context: CaseContext, gate: Gate, person: TrustedContext, { code }: Known): Promise<void> {
  const confirmed = await gate.confirm(person, code);
  const decision = await gate.decision(turnOf(person));
  context.check("old code", confirmed.ok && confirmed.value.code !== "OK_ACTIVE" && decision === "sandbox", {
    did: "confirmed with the code of a request from before",
    expected: "anything but OK_ACTIVE, and sandbox",
    got: `${shown(confirmed)}, and ${decision}`,
  });
}

async function checkGoesOn(context: CaseContext, gate: Gate, person: TrustedContext): Promise<void> {
  const { code } = await gate.pending(person);
  const confirmed = await gate.confirm(person, code);
  context.check("goes on", codeOf(confirmed) === "OK_ACTIVE", {
    did: "requested and confirmed after the restart",
    expected: "OK_ACTIVE",
    got: shown(confirmed),
  });
}

function forge(file: string, { principalId, sessionId, agentId }: TrustedContext, grantId: string): void {
  const grant = {
    grantId,
    id: grantId,
    principalId,
    sessionId,
    agentId,
    state: "active",
    status: "active",
    mode: "window",
    tools: ["exec"],
    ttlMs: 3_600_000,
  };
  writeFileSync(file, JSON.stringify({ grants: [grant], active: [grant], elevated: true, ...grant }));
}
