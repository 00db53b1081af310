import { defineTextRule } from "../text-rule.ts";
import type { Judgement, Match, TextRule } from "../text-rule.ts";

const family = {
  category: "hidden-text",
  severity: "critical",
  action: "reject",
  subject: "bytes",
  reasonCode: "suspicious.prompt_injection_instructions",
} as const;

const tags = defineTextRule({
  ...family,
  id: "UNI-TAG",
  summary: "A text holds Unicode tag characters, which nobody sees and a model reads.",
  why: "A whole instruction can be written in them and passes every review on a screen.",
  fix: "Remove the characters from U+E0000 to U+E007F; only flags of regions have a use for them.",
  example: {
    path: "SKILL.md",
    caught: "Sort the list.\u{E0069}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}\n",
    instead: "Sort the list. 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}\n",
  },
  triggers: [
    {
      anchors: ["\uDB40"],
      pattern: /(?<![\u{E0000}-\u{E007F}])[\u{E0000}-\u{E007F}]{1,4000}/uy,
      judge: ({ text, start, end }) => (isFlag(text, start, end) ? null : {}),
    },
  ],
});

/** A black flag, a region's letters and digits, and the cancel tag. */
function isFlag(text: string, start: number, end: number): boolean {
  return (
    text.slice(Math.max(0, start - 2), start) === "\u{1F3F4}" &&
    /^[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{3,6}\u{E007F}$/u.test(text.slice(start, end))
  );
}

const selectors = defineTextRule({
  ...family,
  id: "UNI-SELECTOR",
  summary: "A text holds variation selectors where there is nothing to vary.",
  why: "Each selector carries a byte, so that a row of them hides any text at all.",
  fix: "Remove the selectors; one after an emoji or a Han character is all that a text needs.",
  example: { path: "SKILL.md", caught: "Hello\u{E0139}\u{E0130}\u{E0131} there.\n", instead: "Hello ☀\uFE0F there.\n" },
  triggers: [
    {
      anchors: ["\uDB40"],
      pattern: /(?<![\u{E0100}-\u{E01EF}])(?:(?<!\p{Script=Han})[\u{E0100}-\u{E01EF}]|[\u{E0100}-\u{E01EF}]{2,4000})/uy,
    },
    {
      anchors: Array.from({ length: 16 }, (_, index) => String.fromCharCode(0xfe00 + index)),
      pattern: /(?<![\uFE00-\uFE0F])(?:[\uFE00-\uFE0F]{2,4000}|(?<=[A-Za-z .,])[\uFE00-\uFE0F](?:[A-Za-z .,][\uFE00-\uFE0F]){2,400})/uy,
    },
  ],
});

const bidi = defineTextRule({
  ...family,
  id: "UNI-BIDI",
  summary: "A text changes the direction in which it is shown.",
  why: "What a reviewer sees on the screen is not what the program or the model reads (Trojan Source, CVE-2021-42574).",
  fix: "Remove the override and embedding characters; close each isolate on its line.",
  example: { path: "scripts/run.py", caught: "role = 'user\u202E nimda'\n", instead: "role = 'user admin'\n" },
  triggers: [
    {
      anchors: ["\u202A", "\u202B", "\u202D", "\u202E", "\u2066", "\u2067", "\u2068"],
      pattern: /[\u202A\u202B\u202D\u202E\u2066-\u2068]/uy,
      judge: judgeDirection,
    },
  ],
});

/** Isolates and embeddings are there for right-to-left text, and are right when they are closed on their line and out of code. */
function judgeDirection({ text, start, place }: Match): Judgement | null {
  const mark = text.charAt(start);
  if (mark === "\u202D" || mark === "\u202E") return {};
  const line = place.linePrefix + text.charAt(start) + text.slice(start + 1, start + 1 + 2_000).split("\n", 1)[0];
  const isIsolate = mark >= "\u2066";
  const opened = line.match(isIsolate ? /[\u2066-\u2068]/gu : /[\u202A\u202B]/gu)?.length ?? 0;
  const closed = line.match(isIsolate ? /\u2069/gu : /\u202C/gu)?.length ?? 0;
  const isForScript = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/u.test(line);
  if (opened !== closed) return {};
  if (place.kind === "script") return isForScript ? { action: "warn" } : {};
  return isForScript || isIsolate ? null : {};
}

const zeroWidth = defineTextRule({
  ...family,
  id: "UNI-ZERO-WIDTH",
  severity: "high",
  summary: "Invisible characters stand within a word, or many of them in a row.",
  why: "A filter that looks for a word does not find it, and a model reads it all the same.",
  fix: "Remove the invisible characters. They belong between letters of scripts that need them, and into emoji.",
  example: { path: "SKILL.md", caught: "Please ig\u200Bnore this list.\n", instead: "Please ignore this list. می‌خواهم\n" },
  triggers: [
    {
      anchors: ["\u200B", "\u200C", "\u200D", "\u2060", "\u2061", "\u2062", "\u2063", "\u2064", "\uFEFF", "\u180E", "\u034F"],
      pattern:
        /(?:(?<=[A-Za-z0-9])[\u200B-\u200D\u2060-\u2064\uFEFF\u180E\u034F]{1,400}(?=[A-Za-z0-9])|(?<![\u200B-\u200D\u2060-\u2064\uFEFF])[\u200B-\u200D\u2060-\u2064\uFEFF]{4,4000})/uy,
    },
  ],
});

const filler = defineTextRule({
  ...family,
  id: "UNI-FILLER",
  severity: "medium",
  action: "warn",
  summary: "A text holds letters that look like nothing.",
  why: "They pass for names and spaces and are neither.",
  fix: "Replace them by spaces, or remove them.",
  example: { path: "scripts/run.js", caught: "const \u3164 = input;\n", instead: "const value = input;\n" },
  triggers: [
    {
      anchors: ["\u3164", "\u115F", "\u1160", "\uFFA0", "\u2800\u2800\u2800"],
      pattern: /[\u3164\uFFA0]|(?<!\p{Script=Hangul})[\u115F\u1160]|\u2800{3,400}/uy,
      judge: ({ place }) => (place.kind === "script" ? { action: "reject" } : {}),
    },
  ],
});

const controls = defineTextRule({
  ...family,
  id: "UNI-CONTROL",
  severity: "high",
  summary: "A text holds control sequences of a terminal.",
  why: "Shown in a terminal it erases or replaces what stands there, sets the clipboard, or hides text from whoever reviews it.",
  fix: "Remove the control characters; in programs write them as escapes, such as \\x1b.",
  example: { path: "notes.md", caught: "All good.\u001B[2K\u001B[1A\n", instead: "All good.\n" },
  triggers: [
    {
      anchors: ["\u001B", "\u009B", "\u009D", "\u0008"],
      pattern: /\u001B[[\]PX^_()#%78=>cDEHMNOZ]|[\u009B\u009D]|\u0008/uy,
      judge: ({ place }) => (place.kind === "script" ? { action: "warn" } : {}),
    },
  ],
});

const confusable = defineTextRule({
  ...family,
  id: "UNI-CONFUSABLE",
  severity: "medium",
  action: "warn",
  summary: "A word mixes letters of two alphabets that look alike.",
  why: "It reads like a word that it is not, so that a name or an address passes for another one.",
  fix: "Write the word in one alphabet.",
  example: { path: "SKILL.md", caught: "Uses the p\u0430yp\u0430l service.\n", instead: "Uses the paypal service. Привет!\n" },
  triggers: [],
});

/** Cyrillic, Greek and Armenian letters that pass for Latin ones. */
const LOOKALIKES = "аеорсухіјԁһӏѕԛԝАВЕКМНОРСТХІЈЅοανρτυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհ";
export const MIXED_WORD = new RegExp(
  `[${LOOKALIKES}](?:(?<=[A-Za-z]{2}.)|(?<=[A-Za-z].)(?=[A-Za-z])|(?=[A-Za-z]{2})|(?=[A-Za-z][${LOOKALIKES}]))`,
  "gu",
);

/** In the host of a URL, or in a name that a host shows: there, a lookalike is a lie. */
export const MIXED_NAME = new RegExp(`(?:https?:\\/\\/[^\\s/?#"'<>)]{0,200}|^name:[^\\n]{0,100})[${LOOKALIKES}]`, "gmu");

export const confusableRule: TextRule = confusable;
export const hiddenCharacterRules: readonly TextRule[] = [tags, selectors, bidi, zeroWidth, filler, controls, confusable];
