import { paragraphAt } from "../../contexts/paragraph.ts";
import type { Judgement, Match, Trigger } from "../../text-rule.ts";

/** Something leaves, is obeyed, stays or is paid: more than an answer that is kept back for a while. */
const MORE_THAN_WORDS =
  /https?:\/\/|\S@\S+\.[a-z]{2,}|\bIBAN\b|(?:AGENTS|CLAUDE|SOUL|MEMORY|USER)\.md|\bforward:|\bupload|\bpayment\b|\btransfer\b|\.(?:ssh|aws|env)\b|\b(?:curl|wget|git push)\b|\bform upload\b|\b(?:key material|dot-?files)\b/iu;

/**
 * Ways to say that somebody is to know nothing of a step. Each of them may also be about the answer of a riddle, so that it
 * counts only beside something that is done.
 */
export const concealedSteps: readonly Trigger[] = [
  {
    anchors: [
      "not to be told",
      "never to be told",
      "not to know",
      "not to notice",
      "not to be informed",
      "must not notice",
      "must not learn",
      "must not see",
      "should not notice",
      "point that out",
      "point this out",
      "point it out",
      "without being listed",
      "without being mentioned",
      "needs no words",
      "need no words",
      "needs no mention",
      "need no mention",
      "and of the record alone",
      "between the lines",
      "report only that",
      "reports only that",
      "say only that",
      "as if nothing had happened",
      "as though nothing had happened",
      "before the owner looks",
      "before the user looks",
      "before anyone looks",
      "nothing of this appears",
      "is a private matter between",
      "out of the summary",
      "out of the report",
      "out of the reply",
      "not belong in the",
      "nothing had been asked",
      "nobody needs to be asked",
      "no one needs to be asked",
      "no remark",
      "that no data",
      "only raise questions",
      "find confusing",
    ],
    behind: 60,
    pattern:
      /(?:(?<!\p{L})(?:users?|learners?|players?|owners?|customers?|clients?|readers?|students?|teams?|persons?|people|humans?|operators?|they|he|she)\s(?:(?:is|are) (?:not|never) to (?:be told|be informed|know|notice)|(?:must|should|may) (?:not|never) (?:notice|learn|see))|(?:do not|don't|never) point (?:that|this|it) out|without being (?:listed|mentioned)|needs? no (?:words|mention)|and of the record alone|(?:happens|stays|done) between the lines|(?:reports?|say) only that|as (?:if|though) nothing had happened|before (?:the (?:owner|user)|anyone) looks|nothing of this appears|is a private matter between|stays? out of (?:the |your )?(?:summary|report|reply)|(?:does|do) not belong in the (?:reply|report|summary|answer|change ?log|list|log)|as if nothing had been asked|(?:nobody|no one) needs to be asked|no remark (?:about|on|is)|(?:say|answer|reply|claim) that no data|would only raise questions|(?:users?|managers?|people|customers?) find confusing)/giu,
    judge: ifMoreThanWords,
  },
  {
    anchors: ["deny that", "deny this", "deny the "],
    pattern:
      /deny (?:that (?:the|this|it|such)|this|the) [^.\n]{0,40}?(?:exists?|mode|step|feature|rule|happened)[^.\n]{0,24}?(?:if|when) (?:you are |it is )?asked/iuy,
    judge: ({ place }) => (place.isMention ? { action: "note" } : {}),
  },
];

function ifMoreThanWords({ text, start, end, place }: Match): Judgement | null {
  if (place.isMention) return { action: "note" };
  return MORE_THAN_WORDS.test(paragraphAt(text, start, end)) ? {} : null;
}
