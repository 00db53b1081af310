export { AuditLog } from "./audit-log.ts";
export { verifyLog } from "./verify-log.ts";
