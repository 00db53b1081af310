import type { Finding } from "@flynn/sdk/skill-scanner";

import { finding } from "../rules/finding.ts";
import { positionAt } from "../text-position.ts";
import { MIXED_NAME, MIXED_WORD, confusable } from "./families/hidden-characters/confusables.ts";
import type { TextToExamine } from "./text-examination.ts";

const MOST_FINDINGS = 20;

/** Words of two alphabets: found by one look at the whole text, because every letter of it could be an anchor. */
export function confusableFindings({ path, text }: TextToExamine): Finding[] {
  const { info } = confusable;
  const names = [...text.matchAll(MIXED_NAME)].slice(0, MOST_FINDINGS).map(({ 0: found, index }) => {
    const what = "A name or an address mixes letters of two alphabets that look alike";
    return finding({ ...info, action: "reject" }, { path, what, evidence: found, position: positionAt(text, index) });
  });
  const words = [...text.matchAll(MIXED_WORD)].slice(0, MOST_FINDINGS).map(({ 0: found, index }) => {
    return finding(info, {
      path,
      what: "A word mixes letters of two alphabets that look alike",
      evidence: found,
      position: positionAt(text, index),
    });
  });
  return [...names, ...words];
}
