import { CanaryScanner } from "./canary.ts";
import type { Diagnosis, Violation } from "./violation.ts";

/** A subject that breaks a rule in every frame must not fill the memory of the suite, nor its report. */
const MOST_VIOLATIONS = 200;
const LONGEST_OBSERVATION = 1_500;

/** What one session has seen of violations: bounded, and free of planted values. */
export class ViolationLog {
  readonly entries: Violation[] = [];
  readonly canaries = new CanaryScanner();
  /** The case that runs now, or null between cases. */
  caseId: string | null = null;

  add(requirement: string, diagnosis: Diagnosis, did: string, expected: string, got: string): void {
    if (this.entries.length >= MOST_VIOLATIONS) return;
    const redacted = this.canaries.redact(got);
    const shown = redacted.length > LONGEST_OBSERVATION ? `${redacted.slice(0, LONGEST_OBSERVATION)} …` : redacted;
    this.entries.push({ requirement, diagnosis, did, expected, got: shown, caseId: this.caseId });
  }

  lookForCanary(channel: string, text: string): void {
    const leak = this.canaries.look(channel, text);
    if (!leak) return;
    const where = `it shows in ${channel}${leak.form === "raw" ? "" : `, in ${leak.form}`}`;
    this.add("WIRE-008", "secret-leaked", `handed over ${leak.label}`, "it stays out of every result, item, error, log and output", where);
  }
}
