import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family, SENDS } from "./family.ts";

export const metadata = defineTextRule({
  ...family,
  id: "CODE-CLOUD-METADATA",
  severity: "high",
  summary: "A program asks the cloud's metadata service for credentials.",
  why: "The answer is the machine's own key to everything that it may use in the cloud.",
  fix: "Use the cloud's own library, which asks for itself.",
  example: {
    path: "scripts/run.sh",
    caught: "cu{gap}rl http://169.254.{gap}169.254/latest/meta-data/iam/security-credentials/\n",
    instead: "aws sts get-caller-identity\n",
  },
  triggers: [
    {
      anchors: ["169.254.169.254", "metadata.google.internal", "169.254.170.2", "100.100.100.200", "metadata.azure.com"],
      pattern:
        /(?:169\.254\.169\.254|metadata\.google\.internal|169\.254\.170\.2|100\.100\.100\.200|metadata\.azure\.com)[^\s"'`]{0,160}/iuy,
      judge: judgeMetadata,
    },
  ],
});

/** The answer is piped to another request. */
const SENT_ON =
  /^[^\n]{0,120}(?:\\?\n[^\n]{0,20})?\|\s{0,4}(?:base64[^\n|]{0,20}\|\s{0,4})?(?:curl|wget|nc)\s[^\n]{0,80}(?:-d|--data\S{0,12}|-T|-F|--post-file)[ =]?\s{0,2}@?-?/u;

function judgeMetadata({ text, start, end, place }: Match): Judgement | null {
  const line = `${text.slice(Math.max(0, start - 300), start)}${text.slice(start, end)}`;
  if (SENT_ON.test(text.slice(end, end + 400))) return {};
  if (place.kind === "prose" && !place.isInFence) return SENDS.test(line) ? { action: "warn" } : null;
  if (/block|deny|forbid|private|ssrf|disallow|is_internal|blacklist|denylist|startswith|includes\(|in\s+\w*hosts|!=|==/iu.test(line))
    return { action: "note" };
  return place.kind === "prose" ? { action: "warn" } : {};
}
