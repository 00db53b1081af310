import { TEXT_FAMILIES } from "@flynn/fixtures/skills";

import { STRUCTURE, groupOf } from "./groups.ts";
import { scannersOf } from "./result.ts";
import type { CorpusResult } from "./result.ts";
import type { Scanner } from "./scanners.ts";
import type { JudgedFixture } from "./judge-fixtures.ts";
import { falseAlarmsOf, missesOf, tallyOf } from "./tally.ts";
import type { Outcome } from "./outcome.ts";

/** Hostile and benign fixtures by group, in Markdown; then what Flynn misses, by id. */
export function summaryTables(result: CorpusResult): string {
  return [
    "## Hostile skills: blocked / warned / missed",
    groupTable(result, "hostile"),
    "## Benign skills: falsely blocked / falsely warned",
    groupTable(result, "benign"),
    "## What Flynn gets wrong here",
    mistakes(result),
    ...(result.skills === null ? [] : [`## Real skills: ${result.skills.name}`, skillTable(result)]),
  ].join("\n\n");
}

function groupTable(result: CorpusResult, kind: "hostile" | "benign"): string {
  const scanners = scannersOf(result);
  const rows = [...TEXT_FAMILIES, STRUCTURE]
    .map((group) => [group, result.fixtures.filter(({ family }) => groupOf(family) === group)] as const)
    .filter(([, fixtures]) => fixtures.length > 0)
    .map(([group, fixtures]) => row(group, fixtures, scanners, kind));
  const texts = result.fixtures.filter(({ family }) => groupOf(family) !== STRUCTURE);
  return [
    `| group | skills | ${scanners.map(({ name }) => name).join(" | ")} |`,
    `|---|---|${scanners.map(() => "---|").join("")}`,
    ...rows,
    ...(texts.length === 0 ? [] : [row("all but structure", texts, scanners, kind)]),
  ].join("\n");
}

function row(group: string, fixtures: readonly JudgedFixture[], scanners: readonly Scanner[], kind: "hostile" | "benign"): string {
  const own = fixtures.filter((fixture) => fixture.kind === kind);
  const cells = scanners.map(({ name }) => {
    const isAsked = own.some(({ answers }) => name in answers);
    return isAsked ? counts(tallyOf(own, name)[kind], kind) : "";
  });
  return `| ${group} | ${own.length} | ${cells.join(" | ")} |`;
}

function counts({ blocked, warned, allowed, failed }: Readonly<Record<Outcome, number>>, kind: "hostile" | "benign"): string {
  const shown = kind === "hostile" ? [blocked, warned, allowed] : [blocked, warned];
  return `${shown.join(" / ")}${failed === 0 ? "" : `, ${failed} failed`}`;
}

/** A warning where a rejection is due is a miss too. */
function mistakes({ fixtures }: CorpusResult): string {
  const missed = missesOf(fixtures, "Flynn").map(
    ({ id, answers }) => `- \`${id}\`: ${answers["Flynn"]?.outcome ?? "not run"}, and is hostile`,
  );
  const alarms = falseAlarmsOf(fixtures, "Flynn").map(
    ({ id, answers }) =>
      `- \`${id}\`: ${answers["Flynn"]?.outcome ?? "not run"} by ${rulesOf(answers["Flynn"]?.found ?? [])}, and is harmless`,
  );
  const all = [...missed, ...alarms];
  return all.length === 0 ? "Nothing: the rules were written with these skills in view, so this says little about others." : all.join("\n");
}

function rulesOf(found: readonly { readonly rule: string; readonly weight: string }[]): string {
  return [...new Set(found.filter(({ weight }) => weight !== "note").map(({ rule }) => rule))].join(", ");
}

function skillTable(result: CorpusResult): string {
  const skills = result.skills?.judged ?? [];
  const asked = scannersOf(result).filter(({ families }) => families === undefined);
  const rows = asked.map(({ name }) => {
    const count = (outcome: Outcome): number => skills.filter(({ answers }) => answers[name]?.outcome === outcome).length;
    const failed = count("failed");
    return `| ${name} | ${count("blocked")} | ${count("warned")} | ${count("allowed")}${failed === 0 ? "" : `, ${failed} failed`} |`;
  });
  const findings = skills.flatMap(({ name, answers }) =>
    (answers["Flynn"]?.found ?? [])
      .filter(({ weight }) => weight !== "note")
      .map(({ rule, weight, path, line }) => {
        const why = result.explanations[`${name} ${rule} ${path}`] ?? "not looked at yet";
        return `| ${name} | ${rule} | ${weight} | \`${path}${line === null ? "" : `:${line}`}\` | ${why} |`;
      }),
  );
  return [
    `${skills.length} skills.`,
    ["| scanner | blocked | warned | allowed |", "|---|---|---|---|", ...rows].join("\n"),
    findings.length === 0
      ? "Flynn finds nothing in them but notes."
      : [
          "What Flynn finds in them, without notes:",
          "",
          "| skill | rule | action | place | what it is |",
          "|---|---|---|---|---|",
          ...findings,
        ].join("\n"),
  ].join("\n\n");
}
