export type { SkillScanner } from "./contract.ts";
export { skillScannerContract } from "./definition.ts";
export { SKILL_SCANNER_ERROR_CODES } from "./errors.ts";
export type { SkillScannerErrorCode } from "./errors.ts";
export { skillScannerRequirements } from "./requirements.ts";
export {
  DEFAULT_LIMITS,
  actionSchema,
  assetTypeSchema,
  categorySchema,
  findingSchema,
  hostPolicySchema,
  hostSuppressionSchema,
  inventoryEntrySchema,
  limitsSchema,
  ruleInfoSchema,
  scanRequestSchema,
  scanResultSchema,
  severitySchema,
  verdictSchema,
} from "./schema.ts";
export type {
  Action,
  AssetType,
  Category,
  Finding,
  HostPolicy,
  HostSuppression,
  InventoryEntry,
  Limits,
  RuleInfo,
  ScanRequest,
  ScanResult,
  ScannerInfo,
  Severity,
  Suppression,
  Verdict,
} from "./schema.ts";
export { treeDigest } from "./tree-digest.ts";
