const LONGEST_ARGUMENTS = 300;

/** `open`, or the method of the contract that is called. */
export function describeRequest(method: string, params: object): string {
  return method === "call" && "method" in params ? `\`${String(params.method)}\`` : `\`${method}\``;
}

/** What was asked, with its arguments, for the message of a case that got no answer. */
export function describeLastRequest(method: string, params: object): string {
  if (method !== "call" || !("args" in params)) return `sent ${describeRequest(method, params)}`;
  const args = JSON.stringify(params.args).slice(1, -1);
  const shown = args.length > LONGEST_ARGUMENTS ? `${args.slice(0, LONGEST_ARGUMENTS)}…` : args;
  return `called ${describeRequest(method, params)}${args === "" ? "" : ` with ${shown}`}`;
}
