import { defineTextRule } from "../../text-rule.ts";
import type { Judgement, Match } from "../../text-rule.ts";
import { family } from "./family.ts";

export const miner = defineTextRule({
  ...family,
  id: "CODE-MINER",
  severity: "critical",
  reasonCode: "malicious.crypto_mining",
  summary: "A program mines cryptocurrency.",
  why: "It uses the user's machine and power for somebody else.",
  fix: "Remove it.",
  example: {
    path: "scripts/run.sh",
    caught: "./xm{gap}rig -o stra{gap}tum+tcp://pool.example.invalid:3333 -u wallet\n",
    instead: "python3 -m timeit\n",
  },
  triggers: [
    {
      anchors: [
        "stratum+tcp",
        "stratum+ssl",
        "stratum2+tcp",
        "xmrig",
        "minerd",
        "cpuminer",
        "coinhive",
        "cryptonight",
        "randomx",
        "ethminer",
        "nbminer",
        "t-rex",
        "lolminer",
        "phoenixminer",
        "coin-hive",
        "webminepool",
        "minexmr",
        "nanopool",
        "supportxmr",
        "moneroocean",
        "hashvault",
      ],
      pattern:
        /(?:stratum2?\+(?:tcp|ssl):\/\/|(?<!\w)(?:xmrig|minerd|cpuminer|ethminer|nbminer|lolminer|phoenixminer)(?!\w)|coin-?hive|cryptonight|webminepool|minexmr|supportxmr|moneroocean|hashvault\.pro|nanopool\.org)/iuy,
      judge: judgeMiner,
    },
  ],
});

function judgeMiner({ text, start, end, place }: Match): Judgement | null {
  if (/^stratum/iu.test(text.slice(start, end))) return {};
  if (place.kind === "prose" && !place.isInFence) return null;
  const near = `${place.linePrefix}${text.slice(start, end + 200)}`;
  return /(?:\.\/|-o\s|--url|--donate|--coin|pool|wallet|download|wget|curl|spawn|exec|run|Anonymous\(|start\()/iu.test(near)
    ? {}
    : { action: "warn" };
}
