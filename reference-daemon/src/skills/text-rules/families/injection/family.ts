export const family = {
  category: "injection",
  severity: "high",
  action: "reject",
  subject: "words",
  reasonCode: "suspicious.prompt_injection_instructions",
} as const;

/** What may stand between two words: anything but letters, so that line breaks, quotes and signs split nothing. */
const GAP = String.raw`[^\p{L}\p{N}]{0,12}`;

/** Up to four whole words in between: a part of a word would be one more way to read the same text, and there are many parts. */
const FEW = String.raw`(?:${GAP}(?<![\p{L}'’])[\p{L}'’]{1,24}(?![\p{L}'’])){0,4}?${GAP}`;

export const pattern = (source: string): RegExp => new RegExp(source.replaceAll("~~", FEW).replaceAll("~", GAP), "iuy");
