/** What a person types to get here: the package's script where that was used, else the command itself. */
export function programName(): string {
  return process.env["npm_lifecycle_event"] === "conformance" ? "pnpm conformance" : "flynn-conformance";
}
