import { createHash } from "node:crypto";

import { constantMarkup, html } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import { PAGE_COLOURS } from "./page-colours.ts";
import { PAGE_LAYOUT } from "./page-layout.ts";
import { PAGE_SCRIPT } from "./page-script.ts";

/** A whole document. It may run this style sheet and this script, and ask nobody for anything. */
export function page(title: string, content: Content): string {
  const style = `${PAGE_COLOURS}${PAGE_LAYOUT}`;
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(PAGE_SCRIPT)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const whole: Markup = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${inline("style", style)}
      </head>
      <body>
        ${content} ${inline("script", PAGE_SCRIPT)}
      </body>
    </html> `;
  return whole.text;
}

/** In one piece, because the hash of the policy is over every character between the tags. */
function inline(tag: "style" | "script", text: string): Markup {
  return constantMarkup(`<${tag}>${text}</${tag}>`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
