export const family = {
  category: "autorun",
  severity: "high",
  action: "reject",
  subject: "bytes",
  reasonCode: "suspicious.install_untrusted_source",
} as const;

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1).toLowerCase();
