/** The families of fixtures that are about what texts say and what code does. */
export const TEXT_FAMILIES: readonly string[] = [
  "secrets",
  "hidden-characters",
  "hidden-markup",
  "instructions",
  "encoded",
  "download-and-run",
  "remote-control",
  "exfiltration",
  "persistence",
  "autorun",
  "dynamic-code",
  "context",
];
