import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { orderIn } from "./orders.ts";
import { family, ORDER } from "./family.ts";

export const attribute = defineTextRule({
  ...family,
  id: "HID-ATTRIBUTE",
  summary: "The alternative text or the title of a picture or link tells an assistant what to do.",
  fix: "Say what the picture shows, or where the link leads.",
  example: { path: "SKILL.md", caught: `![${ORDER}](logo.png)\n`, instead: "![The logo](logo.png)\n" },
  triggers: [
    { anchors: ["!["], pattern: /!\[(?<hidden>(?:[^\][\n]|\[[^\][\n]{0,200}\]){12,2000})\]/uy, judge: ifLongOrder },
    { anchors: ["]("], pattern: /\]\([^()\s]{0,500} ["'](?<hidden>[^"'\n]{12,1000})["']\)/uy, judge: ifLongOrder },
    {
      anchors: ["alt=", "title=", "aria-label=", "data-prompt=", "data-instructions=", "content="],
      pattern: /[a-z-]{3,20}=["'](?<hidden>[^"'\n]{20,2000})["']/iuy,
      judge: ifLongOrder,
    },
  ],
});

/** Alternative texts say "run", "open" and "send" of buttons; more than one sign is needed. */
function ifLongOrder(match: Match): Judgement | null {
  const hidden = match.groups["hidden"] ?? "";
  const order = hidden.length < 30 ? null : orderIn(hidden);
  if (order === null || match.place.kind === "script") return null;
  return order === "strong" ? {} : { action: "warn" };
}
