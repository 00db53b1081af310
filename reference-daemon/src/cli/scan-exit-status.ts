import type { ScanResult } from "@flynn/sdk/skill-scanner";

import { couldNotScan } from "./could-not-scan.ts";
import { EXIT } from "./exit-codes.ts";

/** What could not be scanned weighs more than what was rejected: its verdict is not known. */
export function scanExitStatus(skills: readonly { readonly result: ScanResult }[], failOn: "reject" | "warn" = "reject"): number {
  if (skills.some(({ result }) => couldNotScan(result))) return EXIT.couldNotScan;
  const isFailing = ({ result: { verdict } }: { readonly result: ScanResult }): boolean =>
    verdict === "reject" || (verdict === "warn" && failOn === "warn");
  return skills.some(isFailing) ? EXIT.rejected : EXIT.ok;
}
