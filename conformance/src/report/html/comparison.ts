import { bounded } from "./bounded-text.ts";
import { html } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import { wordDifference } from "./word-difference.ts";
import type { Piece } from "./word-difference.ts";

/** What was expected beside what came, with what differs marked where the two are alike enough. */
export function comparison(expected: string, got: string): Markup {
  const [left, right] = [bounded(expected), bounded(got)];
  const difference = wordDifference(left, right);
  const [leftContent, rightContent]: readonly [Content, Content] = difference
    ? [difference[0].map(marked), difference[1].map(marked)]
    : [left, right];
  return html`<dl class="compare">
    <div class="expected">
      <dt>expected</dt>
      <dd><code>${leftContent}</code></dd>
    </div>
    <div class="got">
      <dt>got</dt>
      <dd><code>${rightContent}</code></dd>
    </div>
  </dl>`;
}

function marked({ text, isShared }: Piece): Content {
  // White space alone would be a mark that nobody can see.
  return isShared || text.trim() === "" ? text : html`<mark>${text}</mark>`;
}
