import type { CallOptions } from "../kernel/serialisable.ts";
import type { RuleInfo, ScanRequest, ScanResult } from "./schema.ts";

/**
 * Decides whether a skill, a folder of files that an assistant is about to trust, may be loaded or installed.
 *
 * A scanner is static: it never runs, imports, unpacks, writes, follows a link, or reads outside the folder. It fails closed:
 * what it could not read, list or understand is a finding, and an incomplete scan is a rejection. Nothing inside a skill
 * configures it. The same bytes, names and request give the same result on every machine and at every time, but for suppressions of
 * the host's policy, which expire.
 */
export interface SkillScanner {
  /**
   * Scans one skill. Resolves for anything that a skill can contain, however hostile or broken; fails with
   * `INVALID_REQUEST` for a request that breaks its schema or whose `root` is not absolute, and with `ABORTED` once the
   * signal is aborted, promptly even in the middle of a large tree.
   *
   * The verdict is `reject` if the scan is incomplete or any finding has the action `reject`, else `warn` if any finding has
   * the action `warn`, else `allow`. SCAN-001 to SCAN-060.
   */
  scan(request: ScanRequest, options?: CallOptions): Promise<ScanResult>;

  /** All the rules whose ids can appear in a finding, each id once. SCAN-026. */
  rules(): Promise<RuleInfo[]>;
}
