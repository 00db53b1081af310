import { defineTextRule } from "../../text-rule.ts";
import { family } from "./family.ts";

export const confusable = defineTextRule({
  ...family,
  id: "UNI-CONFUSABLE",
  severity: "medium",
  action: "warn",
  summary: "A word mixes letters of two alphabets that look alike.",
  why: "It reads like a word that it is not, so that a name or an address passes for another one.",
  fix: "Write the word in one alphabet.",
  example: { path: "SKILL.md", caught: "Uses the p\u0430yp\u0430l service.\n", instead: "Uses the paypal service. Привет!\n" },
  triggers: [],
});

/** Cyrillic, Greek and Armenian letters that pass for Latin ones. */
const LOOKALIKES = "аеорсухіјԁһӏѕԛԝАВЕКМНОРСТХІЈЅοανρτυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսոհ";

export const MIXED_WORD = new RegExp(
  `[${LOOKALIKES}](?:(?<=[A-Za-z]{2}.)|(?<=[A-Za-z].)(?=[A-Za-z])|(?=[A-Za-z]{2})|(?=[A-Za-z][${LOOKALIKES}]))`,
  "gu",
);

/** In the host of a URL, or in a name that a host shows: there, a lookalike is a lie. */
export const MIXED_NAME = new RegExp(`(?:https?:\\/\\/[^\\s/?#"'<>)]{0,200}|^name:[^\\n]{0,100})[${LOOKALIKES}]`, "gmu");
