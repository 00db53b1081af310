import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";

/** A table that scrolls inside itself on a narrow screen, also by keyboard. */
export function scrollingTable(name: string, head: Markup, rows: readonly Markup[]): Markup {
  return html`<div class="table" role="region" aria-label="${name}" tabindex="0">
    <table>
      <thead>
        ${head}
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
