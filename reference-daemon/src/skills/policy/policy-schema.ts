import { actionSchema, assetTypeSchema, hostSuppressionSchema, limitsSchema } from "@flynn/sdk/skill-scanner";
import * as z from "zod";

export const SKILL_POLICY_SCHEMA = "flynn-skill-policy/1";

/** A host name by itself: what stands between `https://` and the next slash. */
const hostName = z.string().regex(/^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/u, {
  error: "must be a host name in lower case, such as sh.example.com",
});

/** What an operator may say about skills, in a file of their own. Each member may be left out. */
export const skillPolicySchema = z.strictObject({
  schema: z.literal(SKILL_POLICY_SCHEMA),
  /** Binary assets that may be there. */
  assets: z.array(assetTypeSchema).default([]),
  limits: limitsSchema.partial().default({}),
  /** The permissions that the host knows; without it, nothing is known of them. */
  permissions: z.array(z.string().min(1)).optional(),
  /** What findings of a rule do, in place of what the rule itself says. */
  actions: z.record(z.string(), actionSchema).default({}),
  /** Hosts whose installers a skill may pipe into a shell. */
  installerHosts: z.array(hostName).default([]),
  suppressions: z.array(hostSuppressionSchema).default([]),
});
export type SkillPolicy = z.infer<typeof skillPolicySchema>;
