import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const selectors = defineTextRule({
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
