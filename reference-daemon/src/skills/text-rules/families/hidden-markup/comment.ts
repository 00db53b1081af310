import { defineTextRule } from "../../text-rule.ts";
import { family, ORDER, ifOrderInPage } from "./family.ts";

export const comment = defineTextRule({
  ...family,
  id: "HID-COMMENT",
  summary: "A comment that a rendered page does not show tells an assistant what to do.",
  fix: "Say it in the text, where a reader sees it, or remove it.",
  example: { path: "SKILL.md", caught: `# Sort\n\n<!-- ${ORDER} -->\n`, instead: "# Sort\n\n<!-- prettier-ignore -->\n" },
  triggers: [
    { anchors: ["<!--"], pattern: /<!--/uy, until: "-->", judge: ifOrderInPage },
    {
      anchors: ["[//]:", "[comment]:", "[_]:", "[#]:", "[]:"],
      pattern: /\[[^\]\n]{0,20}\]:\s{0,4}(?:#|<>)\s{0,4}[("'](?<hidden>[^\n]{0,2000})/uy,
      judge: ifOrderInPage,
    },
    { anchors: ["{/*"], pattern: /\{\/\*/uy, until: "*/}", judge: ifOrderInPage },
    { anchors: ["{{!--"], pattern: /\{\{!--/uy, until: "--}}", judge: ifOrderInPage },
    { anchors: ["{#"], pattern: /\{#(?=\s)/uy, until: "#}", judge: ifOrderInPage },
    { anchors: ["{% comment"], pattern: /\{% comment/uy, until: "endcomment", judge: ifOrderInPage },
  ],
});
