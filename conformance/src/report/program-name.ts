/** What a person types to get here: the script of the package where one was used, npx where that was, else the command itself. */
export function programName(environment: NodeJS.ProcessEnv = process.env): string {
  const { npm_lifecycle_event: event, npm_lifecycle_script: script = "", npm_config_user_agent: agent = "" } = environment;
  if (event === "conformance") return agent.startsWith("npm/") ? "npm run conformance --" : "pnpm conformance";
  // Whatever npx started may have started this, so that its word alone is not enough.
  return event === "npx" && /^'?flynn-conformance\b/u.test(script) ? "npx flynn-conformance" : "flynn-conformance";
}
