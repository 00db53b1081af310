import type { GrantMode, RevokeTarget } from "./schema.ts";

/** What one whole message asks for. `syntax`: it wants to be a command and is none; nothing is to be done but to say so. */
export type ElevateCommand =
  | {
      readonly kind: "request";
      readonly ttlMs: number;
      readonly reason: string;
      readonly tools?: readonly string[];
      readonly mode: GrantMode;
    }
  | { readonly kind: "confirm"; readonly code: string }
  | { readonly kind: "deny" }
  | { readonly kind: "status" }
  | { readonly kind: "revoke"; readonly target: RevokeTarget }
  | { readonly kind: "syntax"; readonly problem: string };

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const CODE = /^[0-9A-Za-z-]{4,64}$/u;
/** Of any width: some keyboards make one dash of two. */
const DASH = /^[\p{Pd}\u2212]/u;
const LATE_OPTION = /^[\p{Pd}\u2212]+(?:once$|tools=)/u;
const GRANT_ID = /^[0-9A-Za-z_-]{1,64}$/u;

/**
 * Reads a message as a command, or gives undefined where it is ordinary text. The whole message is the command:
 *
 * ```abnf
 * elevate = "/elevate" [ 1*SP ( request / confirm / "deny" / "status" / revoke ) ] *SP
 * request = ttl *( 1*SP ( "--once" / "--tools=" tool *( "," tool ) ) ) 1*SP reason
 * ttl     = nz *4DIGIT ( "s" / "m" / "h" )
 * confirm = "confirm" 1*SP code
 * revoke  = "revoke" [ 1*SP ( "all" / grant-id ) ]
 * ```
 *
 * Words are case-sensitive. `/elevate` alone is `status`. A message that starts with white space or a quotation mark is
 * ordinary text, so that a quoted or forwarded command is inert. Whether the time and the reason are allowed is the gate's to
 * say, except that an absent reason cannot be told from an absent time. A reason does not start with a dash and has no option
 * among its words: an option that was mistyped or comes too late would otherwise ask for more than was meant.
 */
export function parseElevateCommand(message: string): ElevateCommand | undefined {
  const [first = ""] = message.split(/\s/u, 1);
  if (first !== "/elevate") return looksLikeElevate(first) ? syntax("the command is /elevate, in lower case and these letters") : undefined;
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(message)) return syntax("a command is one line without control or invisible characters");
  const rest = withoutOuterSpaces(message.slice(first.length));
  if (/^\s/u.test(rest)) return syntax("words are separated by plain spaces");
  const [verb = "", ...words] = rest.split(/ +/u);
  switch (verb) {
    case "":
      return { kind: "status" };
    case "status":
    case "deny":
      return words.length === 0 ? { kind: verb } : syntax(`${verb} takes nothing after it`);
    case "confirm":
      return confirmation(words);
    case "revoke":
      return revocation(words);
    default:
      return request(rest);
  }
}

/** The milliseconds of `90s`, `10m` or `1h`: one to five digits without a leading zero, and a unit. Undefined for anything else. */
export function parseTtl(text: string): number | undefined {
  const [, digits, unit = ""] = /^([1-9]\d{0,4})([smh])$/u.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * (UNIT_MS[unit] ?? 0);
}

function confirmation(words: readonly string[]): ElevateCommand {
  const [code = ""] = words;
  if (words.length !== 1) return syntax("confirm takes the code, and nothing else");
  return CODE.test(code) ? { kind: "confirm", code } : syntax("a code is letters and digits");
}

function revocation(words: readonly string[]): ElevateCommand {
  const [target] = words;
  if (words.length > 1) return syntax("revoke takes all, the id of one grant, or nothing for your own");
  if (target === undefined) return { kind: "revoke", target: "own" };
  if (target === "all") return { kind: "revoke", target };
  return GRANT_ID.test(target) ? { kind: "revoke", target: { grantId: target } } : syntax("the id of a grant is letters, digits, - and _");
}

function request(rest: string): ElevateCommand {
  const [ttl = ""] = rest.split(" ", 1);
  const ttlMs = parseTtl(ttl);
  if (ttlMs === undefined) {
    if (/^[-+.]?\d/u.test(ttl)) return syntax(`${shown(ttl)} is no time; write a whole number from 1 to 99999 and s, m or h, such as 10m`);
    return syntax(`there is no ${shown(ttl)}; write a time such as 10m and a reason, or confirm, deny, status, revoke`);
  }
  let after = rest.slice(ttl.length).replace(/^ +/u, "");
  let mode: GrantMode = "window";
  let tools: readonly string[] | undefined;
  while (DASH.test(after)) {
    const [option = ""] = after.split(" ", 1);
    if (option === "--once" && mode === "window") mode = "once";
    else if (option.startsWith("--tools=") && tools === undefined) tools = option.slice("--tools=".length).split(",");
    else return syntax(`there is no option ${shown(option)} here; write --once or --tools=exec,process, each once, before the reason`);
    if (tools?.includes("")) return syntax("--tools takes names with commas between them, such as --tools=exec,process");
    after = after.slice(option.length).replace(/^ +/u, "");
  }
  if (after.split(" ").some((word) => LATE_OPTION.test(word))) return syntax("options come before the reason; nothing after it is one");
  if (after === "") return syntax("a reason is missing; say in a few words what it is for, such as /elevate 10m restart nginx");
  return { kind: "request", ttlMs, reason: after, mode, ...(tools ? { tools } : {}) };
}

/** A word that a person would take for the command: another case, another script, an invisible character in it. */
function looksLikeElevate(word: string): boolean {
  if (word.length > 40) return false;
  const folded = word
    .normalize("NFKD")
    .replaceAll(/[\p{Cf}\p{Mn}]/gu, "")
    .toLowerCase();
  return /^[/\u2044\u2215]/u.test(folded) && skeleton(folded.slice(1)) === "elevate";
}

/** Letters and digits that look like those of the command, in lower case. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  е: "e",
  а: "a",
  т: "t",
  ӏ: "l",
  ν: "v",
  ѵ: "v",
  α: "a",
  ε: "e",
  τ: "t",
  ι: "l",
  "1": "l",
  і: "l",
  i: "l",
  ɑ: "a",
};

function skeleton(word: string): string {
  return Array.from(word, (letter) => LOOKALIKES[letter] ?? letter).join("");
}

/** In one pass, which an expression for spaces at the end is not. */
function withoutOuterSpaces(text: string): string {
  let end = text.length;
  while (text[end - 1] === " ") end -= 1;
  return text.slice(0, end).replace(/^ +/u, "");
}

function syntax(problem: string): ElevateCommand {
  return { kind: "syntax", problem };
}

/** Part of a message that is said back: short, and nothing in it that a terminal acts on. */
function shown(word: string): string {
  const short = word.length > 24 ? `${word.slice(0, 24)}…` : word;
  return `"${short.replaceAll(/\p{C}/gu, "?")}"`;
}
