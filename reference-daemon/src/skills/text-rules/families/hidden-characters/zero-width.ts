import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const zeroWidth = defineTextRule({
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
