import type { CapabilityReport } from "./report-schema.ts";

/** What a capability's judgement means, and what to do about it. */
export function capabilitySentence({ judgement, rows }: Pick<CapabilityReport, "judgement" | "rows">): string {
  const where = rows.length > 0 ? ` (${rows.join(", ")})` : "";
  switch (judgement) {
    case "honest":
      return "honest: declared, and it works";
    case "over-claims":
      return `over-claims: declared, and it does not work${where}; mend it or take the flag away`;
    case "under-claims":
      return `under-claims: not declared, and it works${where}; declare it, or refuse it`;
    case "absent":
      return "absent: not declared, and refused as it should be";
    case "unclear":
      return `unclear: not declared, and neither refused nor working${where}; refuse it with UNSUPPORTED`;
    case "not-shown":
      return "not shown in this run";
  }
}
