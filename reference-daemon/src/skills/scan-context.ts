import type { AssetType, Limits, ScanRequest } from "@flynn/sdk/skill-scanner";

import type { ScanLedger } from "./scan-ledger.ts";
import type { SkillFileSystem } from "./tree/file-system.ts";
import type { SizeLimits } from "./tree/size-limits.ts";

/** What the parts of one scan share. */
export interface ScanContext {
  readonly fileSystem: SkillFileSystem;
  readonly limits: Limits;
  readonly sizes: SizeLimits;
  readonly assets: ReadonlySet<AssetType>;
  readonly intent: ScanRequest["intent"];
  readonly ledger: ScanLedger;
  readonly onInternalError: (error: unknown) => void;
}
