export const family = {
  category: "code",
  severity: "critical",
  action: "reject",
  subject: "commands",
  reasonCode: "suspicious.dangerous_exec",
} as const;
