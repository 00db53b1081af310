import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const filler = defineTextRule({
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
