import { TEXT_FAMILIES } from "@flynn/fixtures/skills";

import type { JudgedFixture } from "./judge-fixtures.ts";
import type { Outcome } from "./outcome.ts";
import { scannersOf } from "./result.ts";
import type { CorpusResult } from "./result.ts";
import { summaryTables } from "./summary-tables.ts";

const GENERATED = "<!-- Written by `pnpm corpus --write`. -->";

/** `docs/corpus` by file name: the summary, and a page for each family with its techniques. */
export function corpusPages(result: CorpusResult): ReadonlyMap<string, string> {
  const families = TEXT_FAMILIES.map((family) => [family, result.fixtures.filter((fixture) => fixture.family === family)] as const);
  return new Map([
    ["README.md", summaryPage(result)],
    ...families.map(([family, fixtures]): [string, string] => [`${family}.md`, familyPage(family, fixtures, result)]),
  ]);
}

function summaryPage(result: CorpusResult): string {
  const { date, host, command, notBuilt } = result;
  return `${[
    "# What scanners say of the corpus",
    GENERATED,
    "Every skill of [the corpus](../../fixtures/README.md), shown to this scanner and to others, in one run on one machine. A hostile skill differs from a benign twin in the dangerous part and in nothing else.",
    "**What this does not say.** Flynn's rules were written with this corpus in view, and those of the others were not: it shows which techniques are covered, and no rate for skills that nobody here has seen. No scanner of texts knows what a skill will make a model do, what a server will answer tomorrow, or what a packed program holds; [what it cannot see](../guides/scan-skills-in-ci.md#what-it-cannot-see) is in the guide.",
    `Run on ${date} (${host}) with:`,
    `\`\`\`text\n${command}\n\`\`\``,
    "## Scanners",
    scannerTable(result),
    summaryTables(result),
    "A hostile skill for which a warning is all that is due counts as warned when it is; only what is allowed is missed. `structure` is everything about links, names, sizes, encodings, binaries, front matter and manifests; a part of it is about limits and permissions that a request to Flynn names and the other scanners do not know of. What a scanner is not made for is empty.",
    ...(notBuilt.length === 0 ? [] : [`Not built, because this machine cannot: ${notBuilt.join(", ")}.`]),
    "## By technique",
    TEXT_FAMILIES.map((family) => `[${family}](${family}.md)`).join(" · "),
    "The same as data: [results.json](results.json).",
  ].join("\n\n")}\n`;
}

function scannerTable({ scanners }: CorpusResult): string {
  const rows = scanners.map((scanner) =>
    "notRun" in scanner
      ? `| ${scanner.name} | | not run: ${scanner.notRun} |`
      : `| ${scanner.name} | ${scanner.version} | ${scanner.mapping} |`,
  );
  return ["| scanner | version | what counts |", "|---|---|---|", ...rows].join("\n");
}

const HOSTILE: Readonly<Record<Outcome, string>> = { blocked: "blocked", warned: "warned", allowed: "**missed**", failed: "failed" };
const BENIGN: Readonly<Record<Outcome, string>> = { blocked: "**blocked**", warned: "**warned**", allowed: "allowed", failed: "failed" };

function familyPage(family: string, fixtures: readonly JudgedFixture[], result: CorpusResult): string {
  const names = scannersOf(result)
    .map(({ name }) => name)
    .filter((name) => fixtures.some(({ answers }) => name in answers));
  const table = (kind: JudgedFixture["kind"], shown: Readonly<Record<Outcome, string>>): string =>
    [
      `| skill | ${kind === "hostile" ? "due | " : ""}${names.join(" | ")} |`,
      `|---|${kind === "hostile" ? "---|" : ""}${names.map(() => "---|").join("")}`,
      ...fixtures
        .filter((fixture) => fixture.kind === kind)
        .map(({ id, technique, due, answers }) => {
          const cells = names.map((name) => (answers[name] ? shown[answers[name].outcome] : ""));
          return `| \`${id}\`: ${technique.replaceAll("|", "\\|")} | ${due === null ? "" : `${due} | `}${cells.join(" | ")} |`;
        }),
    ].join("\n");
  return `${[
    `# ${family}`,
    GENERATED,
    `From the run of ${result.date}; versions, and what counts as blocked, are on [the summary](README.md).`,
    "## Hostile",
    table("hostile", HOSTILE),
    "## Benign",
    table("benign", BENIGN),
  ].join("\n\n")}\n`;
}
