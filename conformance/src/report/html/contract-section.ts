import { profileOf } from "../badge.ts";
import type { ContractReport } from "../report-schema.ts";
import { capabilityTable } from "./capability-table.ts";
import { duration } from "./durations.ts";
import { killMatrixTable } from "./kill-matrix-table.ts";
import { html } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import { rowGroups } from "./row-groups.ts";
import type { RunContext } from "./run-context.ts";
import { verdictWords } from "./verdict-words.ts";

/** Everything about one contract. `name` is the id of the section on the page. */
export function contractSection(name: string, context: RunContext): Markup {
  const { run } = context;
  const { sign, words, tone } = verdictWords(run);
  const isBroken = run.rows.some(({ status }) => status === "FAIL" || status === "HARNESS_ERROR");
  return html`<section class="run" id="${name}" aria-labelledby="${name}-title" data-contract="${run.contract}">
    <h2 id="${name}-title">
      ${run.contract} <span class="verdict ${tone}"><span aria-hidden="true">${sign}</span> ${words}</span>
    </h2>
    ${facts(context)} ${!isBroken && html`<p class="quiet" data-unfiltered>No requirement that was judged failed.</p>`}
    ${rowGroups(context)}
    <div data-unfiltered>
      <section class="group">
        <h3>Capabilities</h3>
        ${capabilityTable(context)}
      </section>
      <details class="group">
        <summary><h3>Kill matrix</h3></summary>
        ${killMatrixTable(context)}
      </details>
    </div>
  </section> `;
}

function facts({ run, link }: RunContext): Markup {
  const { subject, driver, seed } = run;
  const lines: readonly (readonly [string, Content])[] = [
    ["subject", `${subject.name} ${subject.version}`],
    ["source", html`<code>${subject.source}</code>`],
    ["command", subject.command && html`<code>${subject.command.join(" ")}</code>`],
    ["driver", driver],
    ["seed", html`<code>${seed}</code>`],
    ["profile", profileOf(run)],
    ["took", duration(run.durationMs)],
    ["clock", run.realClock ? "real: time passed for real, because the subject has no virtual clock" : "virtual"],
    ["scope", run.isFiltered ? "only some rows were run, so nothing is claimed about the whole" : "all rows of the contract"],
    ["accepted limits", run.acceptedHostLimits.length > 0 && limits(run, link)],
  ];
  return html`<dl class="facts head">
    ${lines.map(
      ([name, value]) =>
        value !== undefined &&
        value !== false &&
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

/** What this machine could not show and was let pass, with the reason of each. */
function limits(run: ContractReport, link: RunContext["link"]): readonly Markup[] {
  return run.acceptedHostLimits.map((id) => {
    const reason = run.rows.find((row) => row.id === id)?.reason;
    return html`<span class="limit">${link(id)}${reason !== undefined && `: ${reason}`}</span> `;
  });
}
