import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const bidi = defineTextRule({
  ...family,
  id: "UNI-BIDI",
  suppressible: false,
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
