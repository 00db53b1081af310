import type { Action } from "@flynn/sdk/skill-scanner";

import type { Subject } from "../text-rule.ts";
import type { Place } from "./place.ts";

/** Something that a rule found, apart from where it stands. */
export interface Found {
  /** What the rule would have done about it. */
  readonly action: Action;
  readonly subject: Subject;
  /** As the file has it. */
  readonly matched: string;
  /** Encoded, put together or spelled so that a reader does not see it. */
  readonly isSuspicious: boolean;
  /** Whether the file also holds this. */
  readonly has: (signal: RegExp) => boolean;
}

/** What it weighs where it stands. Nothing but what is next to it lowers it, and a disguise never does. */
export function actionInPlace({ action, subject, matched, isSuspicious, has }: Found, place: Place): Action {
  if (subject === "bytes" || action === "note") return action;
  if (isSuspicious || place.isHidden) return "reject";
  if (subject === "commands" && place.isComment) return "note";
  if (isPattern(matched, place)) return "note";
  if (subject === "words" && action === "reject" && place.isCase) return "warn";
  const isInert = subject === "commands" && place.kind === "script" && !has(RUNS_TEXTS);
  const isIdle = isInert && place.isInString && SHELL_COMMAND.test(matched) && !GIVEN_TO_SHELL.test(place.linePrefix);
  if (!place.isMention) return isIdle ? (action === "reject" ? "warn" : "note") : action;
  return subject === "words" || place.kind !== "script" || isInert ? "note" : "warn";
}

/** A program that runs commands may run the ones that it lists, whatever the list is called. */
const RUNS_TEXTS =
  /(?:os\.(?:system|popen|execute)|\bsubprocess\b|child_process|from os import|getattr\(|__import__|importlib|exec(?:Sync)?\(|spawn(?:Sync)?\(|eval\(|popen|system\(|\bsh -c|Invoke-Expression|Command::new\(|getRuntime\(\)|ProcessBuilder|exec\.Command|Process\.Start)/u;

/** As the last argument after `sh -c`. */
const GIVEN_TO_SHELL = /["'`](?:\/bin\/)?(?:ba|z|da)?sh["'`]\s{0,3},\s{0,3}["'`]-\w{0,3}c["'`]\s{0,3},\s{0,3}["'`]$/u;

/** What a shell does when it is given to one. */
const SHELL_COMMAND =
  /^(?:curl|wget|rm|bash|sh|zsh|nc|ncat|crontab|chmod|dd|mkfs|echo|printf|iwr|irm|iex|sudo|cat|tar|find|base64|history|pkill|\()(?=[\s-])/iu;

/** In a program or its data: what a regular expression or a search looks for is not said. */
function isPattern(matched: string, place: Place): boolean {
  const { kind, linePrefix } = place;
  if (kind !== "script" && kind !== "data") return false;
  const quoted = openQuotation(linePrefix);
  if (/\.yara?$/iu.test(place.path) && /^\s*\$\w{0,60}\s*=\s*["{/]/u.test(place.linePrefix)) return true;
  // A shell runs what stands there before it looks for the result.
  if (quoted === null || RUN_FIRST.test(quoted)) return false;
  return (REGULAR_EXPRESSION.test(matched.replaceAll(ADDRESS, "")) && !RUN_FIRST.test(matched)) || SEARCH.test(linePrefix);
}

/** What follows the quotation mark, or the slash of a regular expression, that is open at the end of a line's beginning. */
function openQuotation(prefix: string): string | null {
  let open: { readonly mark: string; readonly at: number } | null = null;
  for (let at = 0; at < prefix.length; at += 1) {
    const character = prefix.charAt(at);
    if (character === "\\") at += 1;
    else if (open === null && (`"'\``.includes(character) || (character === "/" && OPENS_EXPRESSION.test(prefix.slice(0, at))))) {
      open = { mark: character, at: at + 1 };
    } else if (open?.mark === character) open = null;
  }
  return open === null ? null : prefix.slice(open.at);
}

const OPENS_EXPRESSION = /(?:^|[=(,:[!&|?{;])\s*$/u;
const RUN_FIRST = /\$\(|`/u;
const REGULAR_EXPRESSION = /\)\?|\\[sbwd]|\[\^|\(\?:|\|\w{1,12}\)|\.[*+]\??/u;
const ADDRESS = /https?:\/\/[^\s"'`|;)]*/giu;
/** The command looks for what is quoted, and no other one begins in between. */
const SEARCH = /\b(?:grep|egrep|rg|ack)\s[^\n;|&"']{0,80}["'][^"'\n]{0,200}$/u;
