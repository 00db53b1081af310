export type { AuditSink } from "./audit-trail.ts";
export type { ConfirmHook } from "./confirm-hook.ts";
export { ReferenceElevationGate } from "./elevation-gate.ts";
export type { ReferenceElevationGateOptions } from "./elevation-gate.ts";
export type { LeasesEnded } from "./leases.ts";
