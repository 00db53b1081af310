import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const controls = defineTextRule({
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
