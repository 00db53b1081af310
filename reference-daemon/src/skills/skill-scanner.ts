import type { CallOptions, Clock } from "@flynn/sdk/kernel";
import type { Action, RuleInfo, ScanRequest, ScanResult, ScannerInfo, SkillScanner } from "@flynn/sdk/skill-scanner";

import { VERSION } from "../version.ts";
import { Pacing } from "./pacing.ts";
import { RuleActions, changedVersion } from "./policy/rule-actions.ts";
import { ruleCatalogue, rulesVersion } from "./rules/catalogue.ts";
import { ScanLedger } from "./scan-ledger.ts";
import { checkRequest } from "./scan-request.ts";
import { scanSteps } from "./scan-steps.ts";
import type { SkillFileSystem } from "./tree/file-system.ts";
import { nodeFileSystem } from "./tree/node-file-system.ts";
import { ReadingRoom } from "./tree/reading-room.ts";
import { SizeLimits } from "./tree/size-limits.ts";

const SCANNER: ScannerInfo = { name: "flynn", version: VERSION, rulesVersion };

export interface ReferenceSkillScannerOptions {
  /** The wall clock decides when a suppression has expired, and nothing else. */
  readonly clock: Pick<Clock, "mono" | "wall">;
  readonly fileSystem?: SkillFileSystem;
  /** Told of a fault of the scanner itself; the result has a finding for it whether or not anybody listens. */
  readonly onInternalError?: (error: unknown) => void;
  /**
   * What findings of these rules do, in place of what the catalogue says. Any rule may be raised; only a rule that may be
   * suppressed may be lowered. The constructor throws a RangeError for everything else.
   */
  readonly actions?: Readonly<Record<string, Action>>;
  /** Hosts whose installers a skill may pipe into a shell. */
  readonly installerHosts?: readonly string[];
}

/** Reads each file once, synchronously and from one state of it, and gives the event loop a turn between files. */
export class ReferenceSkillScanner implements SkillScanner {
  readonly #clock: Pick<Clock, "wall">;
  readonly #pacing: Pacing;
  readonly #fileSystem: SkillFileSystem;
  readonly #onInternalError: (error: unknown) => void;
  readonly #actions: RuleActions;
  readonly #installerHosts: readonly string[];
  readonly #info: ScannerInfo;

  constructor(options: ReferenceSkillScannerOptions) {
    const { clock, fileSystem = nodeFileSystem, onInternalError = () => {}, actions = {}, installerHosts = [] } = options;
    this.#clock = clock;
    this.#pacing = new Pacing(clock);
    this.#fileSystem = fileSystem;
    this.#onInternalError = onInternalError;
    this.#actions = new RuleActions(actions);
    this.#installerHosts = installerHosts.map((host) => host.toLowerCase());
    const isChanged = Object.keys(actions).length > 0 || installerHosts.length > 0;
    this.#info = isChanged ? { ...SCANNER, rulesVersion: changedVersion(rulesVersion, { actions, installerHosts }) } : SCANNER;
  }

  /** What stands in each of its results. */
  get info(): ScannerInfo {
    return this.#info;
  }

  async scan(request: ScanRequest, options: CallOptions = {}): Promise<ScanResult> {
    const { root, limits, assets, intent, skillName, suppressions } = checkRequest(request);
    const ledger = new ScanLedger(this.#actions);
    using room = new ReadingRoom();
    const context = {
      fileSystem: this.#fileSystem,
      limits,
      sizes: new SizeLimits(limits),
      assets,
      intent,
      installerHosts: this.#installerHosts,
      ledger,
      room,
      onInternalError: this.#onInternalError,
    };
    await this.#pacing.run(scanSteps(context, root), options.signal);
    return ledger.result(this.#info, { skillName, entries: suppressions, now: this.#clock.wall() });
  }

  async rules(): Promise<RuleInfo[]> {
    return ruleCatalogue.map((rule) => this.#actions.describe(rule));
  }
}
