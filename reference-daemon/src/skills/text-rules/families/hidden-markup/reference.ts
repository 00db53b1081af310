import { defineTextRule } from "../../text-rule.ts";
import { ORDER, family, ifOrderInPage } from "./family.ts";

export const reference = defineTextRule({
  ...family,
  id: "HID-REFERENCE",
  summary: "A link definition, which a rendered page does not show, tells an assistant what to do.",
  fix: "Remove the definition; keep titles of links to what the link is.",
  example: {
    path: "SKILL.md",
    caught: `[note]: https://example.invalid "${ORDER}"\n`,
    instead: '[note]: https://example.invalid "The manual"\n',
  },
  triggers: [
    {
      anchors: ["]: http", "]: #", "]:http", "]: /", "]: <", "]: ."],
      pattern: /(?<=^[ >]{0,6}\[[^\]\n]{0,2000})\]:\s{0,4}\S{1,500}\s{1,8}["'(](?<hidden>[^\n]{0,2000})/muy,
      judge: ifOrderInPage,
    },
    {
      anchors: ["]: http", "]: #", "]:http", "]: /", "]: <", "]: ."],
      pattern: /(?<=^[ >]{0,6}\[(?<hidden>[^\]\n]{20,2000}))\]:/muy,
      judge: ifOrderInPage,
    },
  ],
});
