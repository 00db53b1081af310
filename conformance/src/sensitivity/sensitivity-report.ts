import type { Sensitivity } from "./measure-sensitivity.ts";
import { SENSITIVITY_VERSION } from "./sensitivity-schema.ts";
import type { SensitivityReport } from "./sensitivity-schema.ts";

/** A measurement as a report, with what each row guards against. */
export function sensitivityReport({ unspoilt, faults }: Sensitivity, suiteVersion: string): SensitivityReport {
  const { name, version, source } = unspoilt.subject;
  const held = unspoilt.rows.filter(({ status }) => status === "PASS").map(({ requirement }) => requirement.id);
  return {
    schema: SENSITIVITY_VERSION,
    suite: { name: "flynn-conformance", version: suiteVersion },
    contract: unspoilt.contract,
    subject: { name, version, source },
    seed: unspoilt.seed,
    verdict: unspoilt.verdict,
    faults: [...faults],
    rows: held.map((id) => ({
      id,
      guards: faults.filter(({ outcome, caughtBy }) => outcome === "caught" && caughtBy.includes(id)).map((fault) => fault.id),
    })),
  };
}
