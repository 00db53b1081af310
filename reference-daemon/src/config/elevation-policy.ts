import type { ElevationPolicy } from "@flynn/sdk/elevation-gate";

import type { ElevationSettings } from "./config-schema.ts";

const SELF = "self";

/** The policy that the settings stand for, where `self` is this principal. */
export function elevationPolicyOf(settings: ElevationSettings, self: string): ElevationPolicy {
  const named = (ids: readonly string[]): string[] => [...new Set(ids.map((id) => (id === SELF ? self : id)))];
  return { ...settings, principals: named(settings.principals), admins: named(settings.admins) };
}
