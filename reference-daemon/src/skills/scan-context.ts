import type { AssetType, Limits, ScanRequest } from "@flynn/sdk/skill-scanner";

import type { ScanLedger } from "./scan-ledger.ts";
import type { SkillFileSystem } from "./tree/file-system.ts";
import type { ReadingRoom } from "./tree/reading-room.ts";
import type { SizeLimits } from "./tree/size-limits.ts";

/** What the parts of one scan share. */
export interface ScanContext {
  readonly fileSystem: SkillFileSystem;
  readonly limits: Limits;
  readonly sizes: SizeLimits;
  readonly assets: ReadonlySet<AssetType>;
  readonly intent: ScanRequest["intent"];
  /** Hosts whose installers a skill may pipe into a shell, as the operator says. Lower case. */
  readonly installerHosts: readonly string[];
  readonly ledger: ScanLedger;
  /** Where each file is read, one at a time. */
  readonly room: ReadingRoom;
  readonly onInternalError: (error: unknown) => void;
}
