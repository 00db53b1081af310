export const family = {
  category: "injection",
  severity: "high",
  action: "reject",
  subject: "words",
  reasonCode: "suspicious.prompt_injection_instructions",
} as const;

/** What may stand between two words: anything but letters, so that line breaks, quotes and signs split nothing. */
const GAP = String.raw`[^\p{L}\p{N}]{0,12}`;

/** Up to four words in between. */
const FEW = String.raw`(?:${GAP}[\p{L}'’]{1,16}){0,4}?${GAP}`;

export const pattern = (source: string): RegExp => new RegExp(source.replaceAll("~~", FEW).replaceAll("~", GAP), "iuy");
