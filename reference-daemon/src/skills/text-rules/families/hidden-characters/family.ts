export const family = {
  category: "hidden-text",
  severity: "critical",
  action: "reject",
  subject: "bytes",
  reasonCode: "suspicious.prompt_injection_instructions",
} as const;
