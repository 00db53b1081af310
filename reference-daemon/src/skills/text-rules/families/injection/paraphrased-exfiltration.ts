import { paragraphAt } from "../../contexts/paragraph.ts";
import type { Judgement, Match, Trigger } from "../../text-rule.ts";

const noteIfMention = ({ place }: Match): Judgement => (place.isMention ? { action: "note" } : {});

const SENT_BY_CURL = /curl\s[^\n`]{0,80}(?:-F|-d|-T|--data)[^\n`]{0,80}https?:\/\//u;

/** Private data that goes to an address, in sentences that do not say "send the secrets". */
export const paraphrasedExfiltration: readonly Trigger[] = [
  {
    anchors: ["!["],
    pattern: /!\[[^\]\n]{0,200}\]\(https?:\/\/[^\s)]{3,200}[?&]\w{1,30}=[^\s)&]{1,40}\)/iuy,
    subject: "words",
    judge: ({ text, start, end, place }) =>
      place.isMention
        ? { action: "note" }
        : /(?:url|percent)[- ]?(?:encod|인코딩|エンコード|编码|編碼|kodier|codific)/iu.test(paragraphAt(text, start, end)) &&
            /conversation|chat|name|passport|e-?mail|phone|대화|会話|对话|對話|gespräch|conversaci|conversa|разговор/iu.test(
              paragraphAt(text, start, end),
            )
          ? { what: "A text has the conversation put into the address of a picture" }
          : null,
  },
  {
    anchors: ["forward:all", "forward all", "forwards all", "forward every", "forward copies", "forwards every", "auto-forward"],
    behind: 80,
    pattern:
      /(?<!\p{L})(?:filter|rule)s?(?!\p{L})[^.\n]{0,60}?(?:auto-)?forwards?[: ](?:all|every|copies)[^\n]{0,60}?[\w.+-]{1,40}@[\w-]{1,60}\.[a-z]{2,}/giu,
    judge: (match) => (match.place.isMention ? { action: "note" } : { what: "A text has mail forwarded to an address of its own" }),
  },
  {
    anchors: ["wallet.dat", "seed.txt", "keystore", "seed phrase", "key4.db", "logins.json", "login data"],
    behind: 120,
    pattern:
      /(?<!\p{L})(?:look|search|go|scan|find|check)(?!\p{L})[^.\n]{0,80}?(?:wallet\.dat|seed\.txt|keystore|seed phrase|key4\.db|logins\.json|login data)[^!?\n]{0,120}?(?<!\p{L})(?:post|send|upload|submit|forward|hand)(?!\p{L})[^\n]{0,60}?(?:https?:\/\/|@[\w-]{1,60}\.)/giu,
    judge: noteIfMention,
  },
  {
    anchors: ["key material", "dot-files", "dotfiles", "private keys included", "secrets included"],
    behind: 120,
    reach: 420,
    pattern:
      /(?<!\p{L})(?:gather|collect|bundle|pack|zip|compress)(?!\p{L})[^.\n]{0,100}?(?:dot-?files|key material|private keys|secrets)[^.\n]{0,120}?(?<!\p{L})(?:upload|hand|send|deliver|post|drop|ship)(?!\p{L})[^\n]{0,100}?(?:https?:\/\/|[\w-]{2,60}\.[a-z]{2,16}\/)/giu,
    judge: noteIfMention,
  },
  {
    anchors: ["`user.md`", "`memory.md`", "`soul.md`", "`identity.md`"],
    pattern: /`(?:USER|MEMORY|SOUL|IDENTITY)\.md`/iuy,
    judge: ({ text, start, end, place, isNear }) =>
      isNear(SENT_BY_CURL) && !place.isMention && SENT_BY_CURL.test(paragraphAt(text, start, end))
        ? { what: "A text has what the assistant remembers sent to an address" }
        : null,
  },
];
