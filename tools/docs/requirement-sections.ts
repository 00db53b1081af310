import type { Requirement } from "@flynn/sdk/kernel";

import { cell } from "./type-table.ts";

/** The rows of a contract as Markdown: a table of contents, then each row with all that it says. */
export function requirementSections(requirements: readonly Requirement[]): string {
  const table = requirements.map((row) => `| [${row.id}](#${row.id.toLowerCase()}) | ${row.level} | ${cell(row.text)}${mark(row)} |`);
  return [
    countLine(requirements),
    ["| id | level | requirement |", "|---|---|---|", ...table].join("\n"),
    ...requirements.map(section),
  ].join("\n\n");
}

export function countLine(requirements: readonly Requirement[]): string {
  const judged = requirements.filter((row) => row.untestable === undefined);
  const musts = judged.filter((row) => row.level === "MUST").length;
  const untestable = requirements.length - judged.length;
  const shoulds = judged.length - musts;
  return `${musts} MUST, ${shoulds} SHOULD${untestable > 0 ? `, ${untestable} that no case can show` : ""}.`;
}

function mark(row: Requirement): string {
  if (row.untestable !== undefined) return " *(not tested)*";
  return row.flag === undefined ? "" : ` *(${flagText(row.flag)})*`;
}

function flagText(flag: string): string {
  return flag.startsWith("!") ? `without \`${flag.slice(1)}\`` : `with \`${flag}\``;
}

function section(row: Requirement): string {
  const facts = [
    `**${row.level}**`,
    `since ${row.since}`,
    `uses ${row.uses.map((use) => `\`${use}\``).join(", ")}`,
    ...(row.flag === undefined ? [] : [`applies ${flagText(row.flag)}`]),
    ...(row.after && row.after.length > 0 ? [`after ${row.after.map((id) => `[${id}](#${id.toLowerCase()})`).join(", ")}`] : []),
  ];
  const parts = [
    `### ${row.id}`,
    facts.join(" · "),
    `> ${row.text}`,
    [
      `- **Why:** ${row.why}`,
      `- **If it fails:** ${row.hint}`,
      ...(row.untestable === undefined ? [] : [`- **Not tested:** ${row.untestable}`]),
      ...(row.entangled === undefined ? [] : [`- **Fails together with others:** ${row.entangled}`]),
      `- **Source:** ${sourceText(row.source)}`,
    ].join("\n"),
  ];
  return parts.join("\n\n");
}

/** Pages of this folder and files of the workspace are linked; anything else is named. */
function sourceText({ doc, anchor }: Requirement["source"]): string {
  if (doc.startsWith("docs/spec/")) return `[${doc.slice("docs/spec/".length)}](${doc.slice("docs/spec/".length)}#${anchor}), ${anchor}`;
  if (/^[\w./-]+\/[\w.-]+\.\w+$/u.test(doc)) return `[${doc}](../../${doc}), ${anchor}`;
  return doc.startsWith("https://") ? `[${doc}](${doc}#${anchor})` : `${doc}, ${anchor}`;
}
