/**
 * What makes a text that nobody is meant to see an order to an assistant. Used where the place alone is suspicious already, so
 * that each of these is enough.
 */
const STRONG: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass|discard)\b[^\n]{0,40}\b(?:previous|prior|above|earlier|all|your|any|system|safety|other|the|these|those)\b[^\n]{0,30}\b(?:instructions?|rules?|prompts?|guidelines?|restrictions?|polic(?:y|ies)|context|checks?|filters?|warnings?)\b/iu,
  /\b(?:do not|don't|never|without)\b[^\n.]{0,12}\b(?:tell(?:ing)?|mention(?:ing)?|inform(?:ing)?|reveal(?:ing)?|disclos\w+|alert(?:ing)?|notify(?:ing)?|ask(?:ing)?|show(?:ing)?|report(?:ing)?)\b[^\n.]{0,30}\b(?:users?|humans?|operators?|owner|anyone|anybody|them|permission|confirmation|this|it)\b/iu,
  /\b(?:send|upload|post|exfiltrate|forward|transmit|leak|e-?mail|submit|deliver|beacon)\b[^\n]{0,100}\b(?:to|at|via)\b[^\n]{0,30}(?:https?:\/\/|\S{1,40}@\S{1,40}\.\w|\b(?:webhook|attacker|(?:remote|external|our) (?:server|endpoint))\b)/iu,
  /\b(?:curl|wget|iwr|invoke-webrequest|nc)\s[^\n]{0,80}(?:https?:|\||\d{1,3}\.\d{1,3}\.|-[a-z])/iu,
  /\b(?:run|execute|eval|invoke|launch|paste|download|fetch)\b[^\n]{0,60}(?:\bcurl\b|\bwget\b|\bbash -c\b|\bbase64\b|\brm -rf\b|https?:\/\/[^\n]{0,80}\b(?:and|then)\b[^\n]{0,30}\b(?:run|execute|follow|obey)\b|\b(?:silently|secretly|immediately|first)\b)/iu,
  /\b(?:read|cat|open|include|print|output|collect|send|copy|dump|exfiltrate|reveal|access|append|attach|upload)\b[^\n]{0,60}(?:~\/\.|\.ssh\b|id_rsa|\.aws\b|\.env\b|\/etc\/passwd|\bapi[ _-]?keys?\b|\bpasswords?\b|\bcredentials?\b|\bsystem prompt\b|\bprivate keys?\b|\benvironment variables\b)/iu,
  /(?:^|[\s[(<*#])(?:system|admin(?:istrator)?|developer|root)\s?(?:\]\s?:?|:\s|override\b|prompt override|mode enabled|instructions?:)/iu,
  /\b(?:secretly|silently|covertly|surreptitiously)\s(?:\w+\s){0,2}?(?:send|upload|run|execute|read|collect|copy|install|forward|include|append|post|exfiltrate)|\b(?:new|real|hidden|secret|true) instructions?\b/iu,
  /(?:忽略|无视|不要告诉|系统提示|发送到|игнорируй|не говори|無視して|무시하)/u,
];

/** An assistant is spoken to. A note to those who maintain the file says "we" or says nothing of whom. */
const ADDRESSED =
  /\b(?:ai|a\.i\.|llms?|gpt|claude|gemini|assistants?|(?:ai |coding )?agents?|models?|bots?|copilot)\b[^\n.]{0,30}\b(?:must|shall|always|have to|has to|are required|is required|now|please|should|instructions?|will)\b[^\n.]{0,100}\b(?:run|execute|send|read|include|output|reply|respond|call|fetch|delete|write|use|act|pretend|approve|trust|download|install|add|append|say|follow|obey|recommend|prefer|ignore)\b/iu;
const COMMANDED =
  /\byou (?:must|will|are (?:now|required)|have to)\b[^\n]{0,60}\b(?:run|execute|send|output|say|reply|respond|fetch|delete|pretend|approve|trust|download)\b/iu;

export type OrderStrength = "strong" | "mild";

/** How plainly a text that nobody is meant to see gives orders; null if it gives none. */
export function orderIn(text: string): OrderStrength | null {
  if (STRONG.some((order) => order.test(text))) return "strong";
  return ADDRESSED.test(text) || COMMANDED.test(text) ? "mild" : null;
}
