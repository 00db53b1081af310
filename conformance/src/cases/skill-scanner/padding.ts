import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlBenign } from "./benign-control.ts";
import { ownLines, payloadOf, withFiles } from "./derived-skill.ts";
import type { Body, Payload } from "./derived-skill.ts";
import { twinOf } from "./fixture-case.ts";
import { describe, describeWanted, hasFinding, isRefused, scan } from "./scanning.ts";
import { buildInCase, techniqueOf } from "./skill-in-case.ts";

const COMMENT = "# This line says nothing; it is there to fill the file.........\n";
const COMMENT_BYTES = 900_000;
const LINE_FEEDS = 200_000;
const SPACES = 4_000;

const PAYLOADS: readonly Payload[] = [
  payloadOf("context-payload-in-test-data", "tests/data/sample.txt"),
  payloadOf("context-payload-in-docs", "docs/conventions.md"),
];

/** What stands before the payload's own lines, or before the lines that its twin has there. */
const PADDINGS: Readonly<Record<string, (lines: readonly string[], start: number) => Body>> = {
  "200,000 line feeds": (lines, start) => ({
    join: [lines.slice(0, start), { repeat: "\n", times: LINE_FEEDS }, lines.slice(start)],
  }),
  "900 kB of a comment": (lines, start) => ({
    join: [lines.slice(0, start), { repeat: COMMENT, times: Math.floor(COMMENT_BYTES / COMMENT.length) }, lines.slice(start)],
  }),
  "4,000 spaces": (lines, start) => lines.map((line, index) => (index >= start && line !== "" ? " ".repeat(SPACES) + line : line)),
};
const PADDING_NAMES = Object.keys(PADDINGS);

export const paddingCases: readonly CaseDefinition[] = PAYLOADS.map((payload) =>
  defineCase({
    id: `SCAN-048/before-${payload.from.id}`,
    requirement: "SCAN-048",
    title: `scans a payload (${techniqueOf(payload.from)}) behind ${PADDING_NAMES.join(", ")}`,
    isolation: "shared",
    expects: PADDING_NAMES,
    run: async (context) => {
      const instance = await context.open();
      // So much padding may be refused for its own sake, so that the twin stays as it is.
      await controlBenign(context, instance, twinOf(payload.from.id));
      for (const name of PADDING_NAMES) await checkPadding(context, instance, payload, name);
    },
  }),
);

async function checkPadding(context: CaseContext, instance: OpenInstance, payload: Payload, name: string): Promise<void> {
  const pad = PADDINGS[name];
  if (!pad) throw new Error(`There is no padding ${name}`);
  const { start } = ownLines(payload);
  const padded = (lines: readonly string[]): Readonly<Record<string, Body>> => ({ [payload.path]: pad(lines, start) });
  await using skill = await buildInCase(context, withFiles(payload.from, padded(payload.hostile)));
  const scanned = await scan(instance, skill.request);
  const category = payload.from.expect.findings?.flatMap((finding) => finding.category ?? []) ?? [];
  const wanted = { category, path: payload.path };
  context.check(name, isRefused(scanned) && hasFinding(scanned, wanted), {
    did: `scanned a skill with a payload (${techniqueOf(payload.from)}) behind ${name}`,
    expected: `verdict reject, ${describeWanted(wanted)}, as without the padding`,
    got: describe(scanned),
  });
}
