import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const tags = defineTextRule({
  ...family,
  id: "UNI-TAG",
  suppressible: false,
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
