import { ESCAPED_RANGES } from "@flynn/sdk/kernel";
import { wireRequirements } from "@flynn/sdk/wire";

import { requirementSections } from "./requirement-sections.ts";
import type { SourceProse } from "./source-prose.ts";
import { cell, typeSection } from "./type-table.ts";
import { wireExample } from "./wire-example.ts";
import type { WireMessage, WireSchemas } from "./wire-schema.ts";

/** `wire-intro.md`, whose marks are replaced by what the schemas and the example say, and the rows. */
export function wirePage(intro: string, schemas: WireSchemas, paths: SourceProse): string {
  const inserts = { messages: messageTables(schemas.messages), paths: pathSection(paths), example: exampleBlock() };
  const replaced = Object.entries(inserts).reduce((text, [mark, content]) => replaceMark(text, mark, content), intro);
  const types = Object.keys(schemas.definitions).map((name) => typeSection(name, schemas.definitions));
  const parts = [replaced.trim(), "## Types", ...types, "## Requirements", requirementSections(wireRequirements)];
  return `${parts.join("\n\n")}\n`;
}

function replaceMark(text: string, mark: string, content: string): string {
  const line = `<!-- insert: ${mark} -->`;
  if (!text.includes(line)) throw new Error(`tools/docs/wire-intro.md has no line ${line}`);
  return text.replace(line, () => content);
}

function messageTables(messages: readonly WireMessage[]): string {
  const table = (title: string, from: WireMessage["from"], kind: WireMessage["kind"]): string => {
    const rows = messages
      .filter((message) => message.from === from && message.kind === kind)
      .map(({ method, params, result, summary }) => {
        const answer = result === undefined ? "" : ` [${result}](#${result.toLowerCase()}) |`;
        return `| \`${method}\` | [${params}](#${params.toLowerCase()}) |${answer} ${cell(summary)} |`;
      });
    const isRequest = kind === "request";
    return [
      title,
      "",
      `| method | params |${isRequest ? " result |" : ""} meaning |`,
      `|---|---|${isRequest ? "---|" : ""}---|`,
      ...rows,
    ].join("\n");
  };
  return [
    table("Requests of the host, which the subject answers:", "host", "request"),
    table("Notifications of the host:", "host", "notification"),
    table("Requests of the subject, which the host answers:", "subject", "request"),
    table("Notifications of the subject:", "subject", "notification"),
  ].join("\n\n");
}

function pathSection(prose: SourceProse): string {
  const hex = (codePoint: number): string => `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
  const ranges = ESCAPED_RANGES.map(([first, last]) => (first === last ? hex(first) : `${hex(first)} to ${hex(last)}`));
  const rule = (prose.get("escapePath") ?? "").replace("`ESCAPED_RANGES`", "the list below");
  return [rule, prose.get("ESCAPED_RANGES") ?? "", `${ranges.join(", ")}.`].join("\n\n");
}

function exampleBlock(): string {
  const lines = wireExample.flatMap(({ note, from, frame }) => [
    ...(note === undefined ? [] : [`# ${note}`]),
    `${from === "host" ? ">" : "<"} ${JSON.stringify(frame)}`,
  ]);
  return ["```text", ...lines, "```"].join("\n");
}
