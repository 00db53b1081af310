import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";

/** Requirements write code between backticks. */
export function inlineCode(text: string): readonly Markup[] {
  return text.split(/(`[^`\n]+`)/u).map((part, index) => (index % 2 === 1 ? html`<code>${part.slice(1, -1)}</code>` : html`${part}`));
}
