import { defineTextRule } from "../../text-rule.ts";
import type { Judgement } from "../../text-rule.ts";
import { family } from "./family.ts";

export const unpickle = defineTextRule({
  ...family,
  id: "CODE-DESERIALISE",
  summary: "A program turns data into objects in a way that lets the data run code.",
  why: "Whoever made the data decides what runs.",
  fix: "Use JSON, or the library's safe loader.",
  example: { path: "scripts/run.py", caught: "state = pick{gap}le.loads(body)\n", instead: "state = json.loads(body)\n" },
  triggers: [
    {
      anchors: [
        "pickle.load",
        "marshal.load",
        "dill.load",
        "cloudpickle.load",
        "yaml.load",
        "yaml.unsafe_load",
        "yaml.full_load",
        "jsonpickle.decode",
        "shelve.open",
        "joblib.load",
        "torch.load",
        "unserialize(",
        "marshal.load(",
        "yaml.unsafeload",
        "readobject()",
        "binaryformatter",
        "node-serialize",
      ],
      pattern:
        /(?<!\w)(?:(?:c?pickle|marshal|dill|cloudpickle)\.loads?\(|yaml\.(?:unsafe_|full_)?load\((?![^)\n]{0,120}(?:Safe|Base|CSafe)Loader)|jsonpickle\.decode\(|unserialize\(|yaml\.unsafeLoad\(|readObject\(\)|BinaryFormatter|node-serialize)/iuy,
      judge: ({ place, text, start, end, has }) =>
        judgeUnpickle(place.kind === "script" || place.isInFence, text.slice(start, end), text, start, has),
    },
  ],
});

function judgeUnpickle(isCode: boolean, matched: string, text: string, start: number, has: (signal: RegExp) => boolean): Judgement | null {
  if (!isCode) return null;
  // The yaml package for JavaScript has one load, and it is safe.
  if (/^yaml\.load\($/iu.test(matched) && !has(/^import yaml|^from yaml|import yaml\b/mu)) return null;
  const near = text.slice(Math.max(0, start - 200), start + 200);
  return /urlopen|requests\.|recv\(|b64decode|fetch|httpx/iu.test(near) ? { action: "reject" } : {};
}
