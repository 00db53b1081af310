/** Words that say that what is quoted next to them is talked about. */
const TALKED_ABOUT =
  /\b(?:patterns?|phrases?|examples?|e\.g\.|such as|payloads?|attack(?:s|er|ers|ing)?|inject(?:ion|ions|ed|s)?|adversar\w+|jailbreaks?|malicious(?:ly)?|hostile|suspicious|untrusted|unsafe|dangerous|insecure|vulnerab\w+|exploit\w*|detect\w*|flag(?:s|ged)?|scan(?:s|ner|ners|ning)?|signatures?|indicators?|red flags?|warning signs?|look(?:s|ing)? for|watch(?:ing)? for|check(?:s|ing)? for|search(?:es)? for|match(?:es|ing)?|bad|samples?|attempts?|report (?:if|it|any|when|these)|tr(?:y|ies|ying) to|(?:mails?|messages?|pages?|texts?|files?|documents?|users?|someone|comments?|issues?|instructions?|prompts?|anyone|it|they)\s(?:\w+\s){0,2}?(?:says?|said|asks?|tells?|instructs?|wants?|requests?|claims?)|claims?|contain(?:s|ing)?|strings?|keywords?|regex|test cases?|anti-?patterns?|smells?|what not to do|threats?|phishing|red team\w*|exhibits?|search terms?|hunting)\b/iu;
/** Words that forbid or warn. */
const FORBIDDEN =
  /\b(?:never|do not|don't|must not|mustn't|should not|shouldn't|avoid|refus(?:e|es|ed|al)|reject(?:s|ed)?|forbid(?:s|den)?|prohibit(?:s|ed)?|disallow(?:s|ed)?|beware|not acceptable)\b/iu;
/** Right before the phrase: the reader is to do it. */
const USED =
  /(?<!\b(?:never|not|n't|avoid|cannot|to|who|that|which|attackers?|they|it|malware|nobody|without)\s(?:ever\s)?)\b(?:run|use|execute|paste|type|enter|issue|try|call|invoke|add|pass|send|append|then|first|simply|just)\b[^.;:"'`“]{0,24}["'`“]{0,3}$/iu;
/** Words that make the reader do what is quoted. */
const OBEYED =
  /\b(?:follow(?:ing)? (?:it|them|this|these|those|the (?:above|quoted|instructions?))|(?:obey|comply with) (?:it|them|this|these|those|what)|(?:then|now|and|must|should|please|always) (?:execute|run|perform|apply|obey|follow)|do (?:exactly )?(?:as|what) (?:it|they|this)|treat (?:it|this|that) as (?:an? )?(?:instruction|order|command|system)|apply (?:it|this) (?:now|immediately)|carry (?:it|this|that) out|as (?:your|if it were your) (?:new )?instructions?|(?<!\b(?:not|never|n't|to)\s)(?:run|execute|paste|apply|enter|type|perform)\s(?:this|it|that|these|the following|below)|right now|immediately)\b/iu;

const QUOTES: readonly (readonly [string, string])[] = [
  ["`", "`"],
  ['"', '"'],
  ["“", "”"],
  ["«", "»"],
  ["„", "“"],
  ["「", "」"],
  ["'", "'"],
  ["‘", "’"],
  ["*", "*"],
];

export interface Mentioned {
  /** Of the sentence, list item or table row, what stands before the match. */
  readonly before: string;
  /** What follows on the line from the start of the phrase: a quotation may end within what a pattern took. */
  readonly rest: string;
  /** The line that leads to it: a heading, a caption, the sentence before a list or a fence. */
  readonly lead: string;
  /** In a program any word can stand in a comment on the line; only the name of a list that the text is in says what it is. */
  readonly isProgram: boolean;
}

/**
 * Whether a phrase is talked about and not said: in one sentence it is quoted and governed by a word that says so, or strongly
 * warned about, and nothing asks the reader to obey. Only what is next to the phrase counts.
 */
export function isMention({ before, rest, lead, isProgram }: Mentioned): boolean {
  const isLed = isLead(withoutAddresses(lead)) && !OBEYED.test(lead);
  if (isProgram) return isLed && isQuoted(before, rest);
  const said = withoutAddresses(before);
  const added = withoutAddresses(afterQuotation(rest));
  if (OBEYED.test(said) || OBEYED.test(added) || (USED.test(said) && !STRONG.test(said))) return false;
  if (!isQuoted(before, rest)) return STRONG.test(said);
  return (
    TALKED_ABOUT.test(clauseAt(said)) ||
    NO_SUCH.test(said) ||
    FORBIDDEN.test(said) ||
    isTalkedAbout(added.split(/[.!?](?:\s|$)/u)[0] ?? "") ||
    isLed
  );
}

/** As in: no `eval`. */
const NO_SUCH = /(?:^|[-*:;,(]\s{0,4})no\s["'`“]{0,2}$/iu;

/** Other quoted items of the same list. */
const LISTED_BEFORE = /(?:[`"“][^`"”\n]{1,60}[`"”],?\s(?:and\s|or\s)?){1,12}(?=[`"“]?$)/u;

/** The clause that leads right to the quotation: what stands before a comma says nothing about it. */
function clauseAt(said: string): string {
  return (
    said
      .replace(LISTED_BEFORE, "")
      .slice(-80)
      .split(/[,;](?=\s)/u)
      .at(-1) ?? ""
  );
}

/** A host may be called example, and a path may hold any word; marks of emphasis say nothing. */
function withoutAddresses(marked: string): string {
  const text = marked.replaceAll(/[*_]{1,3}(?=\w)|(?<=\w)[*_]{1,3}(?!\w)/gu, "");
  if (!text.includes(".") && !text.includes("://")) return text;
  return text
    .split(/(\s+)/u)
    .map((word) => (word.includes("://") || (/\w\.\w/u.test(word) && !/^\W?e\.g\./iu.test(word)) ? " " : word))
    .join("");
}

/** What follows the quotation, in which an attack may well say that it is to be obeyed. */
function afterQuotation(rest: string): string {
  const close = rest.search(/["`”»」’]/u);
  return close < 0 ? "" : rest.slice(close + 1);
}

/** Words above a block of code, or in a comment next to a line of it, that say that it is shown as a bad thing. */
const SHOWN_AS_BAD =
  /\b(?:attack(?:s|er|ers|ing)?|malicious(?:ly)?|hostile|vulnerab\w+|exploit\w*|dangerous|unsafe|insecure|suspicious|anti-?patterns?|never|do not|don't|avoid|bad|wrong|flag(?:ged)?(?!\s*=)|red flags?|injection|payloads?|critical|detect\w*|reject\w*|blocked|blocks?(?=\s(?:this|these|it|such|any|all|them)\b)|warning signs?|what not to do|compromised?|backdoors?|malware|evil|harmful|samples?|incidents?|captured|droppers?|abuse[ds]?|phishing|steal\w*|exfiltrat\w+|search terms?|hunting|❌|🚫)/iu;

/** Whether a block of code is shown as what one must not do, by what leads to it or by a comment line above. */
export function isShownAsBad(lead: string): boolean {
  const said = withoutAddresses(lead);
  return !OBEYED.test(said) && !RUN_NEXT.test(said) && !CONCEALED.test(said) && SHOWN_AS_BAD.test(said);
}

/** Not a warning of what follows, but an order to be silent about it. */
const CONCEALED =
  /\b(?:do not|don't|never|without)\s(?:ever\s)?(?:show|tell|mention|reveal|disclose|inform|report|list|display)\w{0,3}\b(?!\s(?:me|us)\b)/iu;

const RUN_NEXT =
  /\b(?:run|execute|paste|type|enter|use|install|start|launch)\s(?:this|the following|it|these|that|the command|one of)\b|(?:^|[.!?]\s{1,3}|\n\s{0,4})(?:Put|Add|Copy|Insert|Append|Place|Save)\s(?:this|the following|these)\b/iu;

/** Only right before the phrase, so that a bait word at the other end of the sentence does nothing. */
const STRONG =
  /(?:\b(?:lets (?:a|an|any) (?:visitor|user|attacker|caller|stranger)|(?:visitor|attacker|stranger)s? (?:can|may|could|might)) (?:type|send|enter|run|inject)\b|\b(?:never|do not|don't|must not|should not|avoid|refuse to|reject)\s(?:ever\s)?(?:follow|obey|comply|execut\w+|act on|trust|accept|believe|run|use|pip\w+)\b|\b(?:attackers?|injections?|injected|malicious \w+|untrusted \w+|jailbreaks?|phishing|adversar\w+)\b)[^.,!?:;\n]{0,60}$/iu;

/** What a list or a table is of. */
const KINDS_OF_LIST = /\b(?:found|findings?|fixtures?|cases?|refus\w+|inputs?|rules?|techniques?)\b/iu;

function isTalkedAbout(text: string): boolean {
  return TALKED_ABOUT.test(text) || KINDS_OF_LIST.test(text);
}

function isLead(lead: string): boolean {
  return isTalkedAbout(lead) || FORBIDDEN.test(lead);
}

export function isQuoted(before: string, after: string): boolean {
  return QUOTES.some(([open, close]) => {
    if (!after.includes(close)) return false;
    if (open !== close) return before.lastIndexOf(open) > before.lastIndexOf(close);
    return before.split(open).length % 2 === 0;
  });
}
