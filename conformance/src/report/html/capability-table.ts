import { capabilitySentence } from "../capability-words.ts";
import type { CapabilityReport } from "../report-schema.ts";
import { html } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { RunContext } from "./run-context.ts";
import { scrollingTable } from "./scrolling-table.ts";

/** What the subject declares, beside what was seen, and what that makes it. */
export function capabilityTable({ run, links }: RunContext): Markup {
  if (run.capabilities.length === 0) return html`<p class="quiet">${run.contract} has no capabilities to declare.</p>`;
  const head = html`<tr>
    <th scope="col">capability</th>
    <th scope="col">declared</th>
    <th scope="col">observed</th>
    <th scope="col">judgement</th>
    <th scope="col">shown by</th>
  </tr>`;
  const rows = run.capabilities.map((capability) => {
    const { flag, declared, observed, judgement, rows: ids } = capability;
    const [word, ...meaning] = capabilitySentence({ judgement, rows: [] }).split(": ");
    return html`<tr>
      <th scope="row"><code>${flag}</code></th>
      <td>${declared ? "yes" : "no"}</td>
      <td>${observed.replaceAll("-", " ")}</td>
      <td><strong class="${tone(judgement)}">${word}</strong>${meaning.length > 0 && `: ${meaning.join(": ")}`}</td>
      <td>${ids.length > 0 ? links(ids) : "no row"}</td>
    </tr> `;
  });
  return scrollingTable(`Capabilities of ${run.contract}`, head, rows);
}

function tone(judgement: CapabilityReport["judgement"]): string {
  if (judgement === "honest" || judgement === "absent") return "good";
  return judgement === "not-shown" ? "quiet" : "bad";
}
