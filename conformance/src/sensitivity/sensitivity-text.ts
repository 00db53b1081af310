import { printable } from "../report/printable.ts";
import { programName } from "../report/program-name.ts";
import { listedIds } from "../report/row-order.ts";
import { FAULT_OUTCOMES } from "./sensitivity-schema.ts";
import type { FaultResult, SensitivityReport } from "./sensitivity-schema.ts";

/** The end of a measurement, for a terminal. */
export function sensitivitySummary(report: SensitivityReport): string {
  const { faults, rows, verdict } = report;
  if (rows.length === 0) return `No row holds, so nothing guards anything. Begin with: ${programName()} smoke`;
  const survived = faults.filter(({ outcome }) => outcome === "survived");
  const unreached = faults.filter(({ outcome }) => outcome === "not-reached").map(({ id }) => id);
  const idle = rows.filter(({ guards }) => guards.length === 0).map(({ id }) => id);
  return [
    countWords(faults),
    ...(survived.length > 0
      ? ["", "Survived: harmless for what the contract asks, or seen by no row. Whether it matters to you is for you to say:"]
      : []),
    ...survived.map(({ id, title }) => `  ${id}: ${title}`),
    ...(unreached.length > 0 ? ["", `Not reached, because nothing in the run gave an occasion: ${unreached.join(", ")}`] : []),
    ...(idle.length > 0
      ? ["", `Rows that none of these faults broke (they look at other things, or waited for a row that failed): ${listedIds(idle)}`]
      : []),
    ...(verdict === "conformant" ? [] : ["", "The subject is not conformant as it is: what fails already guards nothing."]),
  ].join("\n");
}

function countWords(faults: readonly FaultResult[]): string {
  const counts = FAULT_OUTCOMES.map((outcome) => [outcome, faults.filter((fault) => fault.outcome === outcome).length] as const);
  const words = counts.filter(([, count]) => count > 0).map(([outcome, count]) => `${count} ${outcome.replace("-", " ")}`);
  return `${faults.length} ${faults.length === 1 ? "fault" : "faults"}: ${words.join(", ")}`;
}

/** The whole measurement as a page. */
export function sensitivityMarkdown(report: SensitivityReport): string {
  const { contract, subject, faults, rows, seed } = report;
  return `${[
    `### What the suite would catch in ${plain(subject.name)} ${plain(subject.version)} (${contract})`,
    "",
    `${countWords(faults)}. Seed ${plain(seed)}.`,
    "",
    "| fault: the subject … | outcome | by |",
    "| --- | --- | --- |",
    ...faults.map(({ title, outcome, caughtBy }) => `| ${title} | ${outcome.replace("-", " ")} | ${listedIds(caughtBy)} |`),
    "",
    "| requirement | guards against |",
    "| --- | --- |",
    ...rows.map(({ id, guards }) => `| ${id} | ${guards.join(", ") || "none of these"} |`),
  ].join("\n")}\n`;
}

function plain(text: string): string {
  return printable(text).replaceAll(/[\n|<>\\`*_[\]]/gu, " ");
}
