import { CodedError } from "@flynn/sdk/kernel";
import type { ScanResult } from "@flynn/sdk/skill-scanner";

export interface InstalledSkill {
  readonly kind: "installed";
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  /** Of the tree that was scanned, which is the one that was installed. */
  readonly digest: string;
  /** Whether it took the place of another one. */
  readonly isReplacement: boolean;
  readonly result: ScanResult;
}

/**
 * - `REJECTED`: the scanner says that it may not be installed.
 * - `WARNINGS`: the scanner warns, and nobody accepted that.
 * - `UNSAFE_NAME`: its name cannot be that of a folder.
 * - `UNSAFE_ARCHIVE`: the archive holds something that is not unpacked, or is damaged.
 * - `EXISTS`: there is a skill of that name, and nobody said to replace it.
 * - `UNREADABLE`: there is nothing to install, or it cannot be read.
 * - `CHANGED`: it changed after it was scanned.
 */
export type InstallRefusalCode = "REJECTED" | "WARNINGS" | "UNSAFE_NAME" | "UNSAFE_ARCHIVE" | "EXISTS" | "UNREADABLE" | "CHANGED";

/** Nothing was installed, and everything is as it was. */
export interface RefusedInstall {
  readonly kind: "refused";
  readonly code: InstallRefusalCode;
  /** One line that says what is wrong and what to do. */
  readonly message: string;
  /** What the scanner said, where it came to that. */
  readonly result: ScanResult | null;
}

export type InstallOutcome = InstalledSkill | RefusedInstall;

/** Ends an installation from wherever it is. */
export class InstallRefusal extends CodedError<InstallRefusalCode> {
  readonly result: ScanResult | null;

  constructor(code: InstallRefusalCode, message: string, result: ScanResult | null = null) {
    super(code, message);
    this.result = result;
  }
}
