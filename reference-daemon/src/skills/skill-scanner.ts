import type { CallOptions, Clock } from "@flynn/sdk/kernel";
import type { RuleInfo, ScanRequest, ScanResult, ScannerInfo, SkillScanner } from "@flynn/sdk/skill-scanner";

import { VERSION } from "../version.ts";
import { Pacing } from "./pacing.ts";
import { ruleCatalogue, rulesVersion } from "./rules/catalogue.ts";
import { ScanLedger } from "./scan-ledger.ts";
import { checkRequest } from "./scan-request.ts";
import { scanSteps } from "./scan-steps.ts";
import type { SkillFileSystem } from "./tree/file-system.ts";
import { nodeFileSystem } from "./tree/node-file-system.ts";
import { SizeLimits } from "./tree/size-limits.ts";

const SCANNER: ScannerInfo = { name: "flynn", version: VERSION, rulesVersion };

export interface ReferenceSkillScannerOptions {
  readonly clock: Pick<Clock, "mono">;
  readonly fileSystem?: SkillFileSystem;
  /** Told of a fault of the scanner itself; the result has a finding for it whether or not anybody listens. */
  readonly onInternalError?: (error: unknown) => void;
}

/** Reads each file once, synchronously and from one state of it, and gives the event loop a turn between files. */
export class ReferenceSkillScanner implements SkillScanner {
  readonly #pacing: Pacing;
  readonly #fileSystem: SkillFileSystem;
  readonly #onInternalError: (error: unknown) => void;

  constructor({ clock, fileSystem = nodeFileSystem, onInternalError = () => {} }: ReferenceSkillScannerOptions) {
    this.#pacing = new Pacing(clock);
    this.#fileSystem = fileSystem;
    this.#onInternalError = onInternalError;
  }

  async scan(request: ScanRequest, options: CallOptions = {}): Promise<ScanResult> {
    const { root, limits, assets, intent } = checkRequest(request);
    const ledger = new ScanLedger();
    const context = {
      fileSystem: this.#fileSystem,
      limits,
      sizes: new SizeLimits(limits),
      assets,
      intent,
      ledger,
      onInternalError: this.#onInternalError,
    };
    await this.#pacing.run(scanSteps(context, root), options.signal);
    return ledger.result(SCANNER);
  }

  async rules(): Promise<RuleInfo[]> {
    return ruleCatalogue.map((rule) => ({ ...rule }));
  }
}
