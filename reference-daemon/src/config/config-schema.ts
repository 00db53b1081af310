import { elevationPolicySchema } from "@flynn/sdk/elevation-gate";
import * as z from "zod";

const { shape } = elevationPolicySchema;

/** The policy as an operator writes it: what is left out is as narrow as it can be and still be of use. Times in milliseconds. */
const elevationSettingsSchema = z.strictObject({
  enabled: shape.enabled.default(false),
  maxTtlMs: shape.maxTtlMs.default(900_000),
  pendingTtlMs: shape.pendingTtlMs.default(120_000),
  maxAttempts: shape.maxAttempts.default(3),
  lockoutMs: shape.lockoutMs.default(30_000),
  hookTimeoutMs: shape.hookTimeoutMs.default(30_000),
  /** Ids of principals; `self` is the user who runs flynn. */
  principals: shape.principals.default([]),
  /** As with `principals`. */
  admins: shape.admins.default([]),
  agents: shape.agents.default(["main"]),
  tools: shape.tools.default(["exec"]),
  deniedTools: shape.deniedTools.default([]),
});
export type ElevationSettings = z.infer<typeof elevationSettingsSchema>;

export const flynnConfigSchema = z.strictObject({ elevation: elevationSettingsSchema.prefault({}) });
/** The whole configuration, with what was left out filled in. */
export type FlynnConfig = z.infer<typeof flynnConfigSchema>;
