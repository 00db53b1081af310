import type { Category, Finding } from "@flynn/sdk/skill-scanner";
import { skillFixture } from "@flynn/fixtures/skills";
import type { BuiltSkill, SkillFixture } from "@flynn/fixtures/skills";

import type { CaseContext } from "../../judge/case-context.ts";
import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import type { OpenInstance } from "../../judge/open-instance.ts";
import { controlBenign } from "./benign-control.ts";
import type { Body } from "./derived-skill.ts";
import { describe, findingsOf, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";
import { ORDER } from "./plain-payloads.ts";

const HARMLESS = "Files are named in kebab case.";
const JUDGED: readonly Category[] = ["code", "injection", "hidden-text", "secret"];

/** A file of a skill that holds one line with a payload. */
export interface PayloadFile {
  readonly path: string;
  readonly body: (line: string) => Body;
  /** An order to drop what was said before, where this says nothing. */
  readonly payload?: string;
  /** What is in its place in the twin. */
  readonly harmless?: string;
  readonly categories?: readonly Category[];
  /** Whether a warning is all that is asked for. */
  readonly isWarningEnough?: boolean;
  /** In octal. */
  readonly mode?: string;
  /** Whether a scanner may leave such a file unread, because its name is refused. */
  readonly mayBeUnread?: boolean;
}

export interface PayloadFiles {
  readonly files: Readonly<Record<string, PayloadFile>>;
  readonly limits?: NonNullable<SkillFixture["request"]>["limits"];
}

/** All of the files in one skill, by what is in them and where. */
export function payloadFilesCase(id: string, requirement: string, given: PayloadFiles): CaseDefinition {
  const names = Object.keys(given.files);
  return defineCase({
    id: `${requirement}/${id}`,
    requirement,
    title: `scans a skill with ${names.join("; ")}`,
    isolation: "shared",
    expects: names,
    run: async (context) => checkPayloadFiles(context, await context.open(), given),
  });
}

/** Scans a file alone where its payload seems to be missing: a scanner may tell the same thing only so often. */
async function checkPayloadFiles(context: CaseContext, instance: OpenInstance, given: PayloadFiles): Promise<void> {
  // Whether wider limits are taken from the request is for other rows.
  const files = given.limits ? {} : withoutRefusedNames(given.files);
  await controlBenign(context, instance, skillOf({ files }, "harmless"));
  await using together = await buildInCase(context, skillOf(given, "payload"));
  const scanned = await scan(instance, together.request);
  for (const [name, file] of Object.entries(given.files)) {
    if (isFoundAt(scanned, together, file)) checkFile(context, name, file, { skill: together, scanned });
    else await checkAlone(context, instance, name, { ...given, files: { [name]: file } });
  }
}

async function checkAlone(context: CaseContext, instance: OpenInstance, name: string, given: PayloadFiles): Promise<void> {
  await using skill = await buildInCase(context, skillOf(given, "payload"));
  const scanned = await scan(instance, skill.request);
  const [file] = Object.values(given.files);
  if (file) checkFile(context, name, file, { skill, scanned });
}

function checkFile(
  context: CaseContext,
  name: string,
  file: PayloadFile,
  { skill, scanned }: { readonly skill: BuiltSkill; readonly scanned: Scanned },
): void {
  const { categories = JUDGED, isWarningEnough = false } = file;
  context.check(name, isFoundAt(scanned, skill, file), {
    did: `scanned a skill with ${name}`,
    expected: `a finding of category ${categories.join(" or ")} at ${skill.entry(file.path).path} whose action is ${isWarningEnough ? "warn or reject" : "reject"}`,
    got: describe(scanned),
  });
}

function isFoundAt(scanned: Scanned, skill: BuiltSkill, file: PayloadFile): boolean {
  const { categories = JUDGED, isWarningEnough = false, mayBeUnread = false } = file;
  const { path } = skill.entry(file.path);
  const isUnread = scanned.ok && scanned.value.inventory.some((entry) => entry.path === path && entry.disposition === "refused");
  if ((mayBeUnread && isUnread) || isBeyondLimits(scanned, skill, path)) return true;
  const isEnough = ({ action }: Finding): boolean => action === "reject" || (isWarningEnough && action === "warn");
  return findingsOf(scanned).some((finding) => finding.path === path && isEnough(finding) && categories.includes(finding.category));
}

/** What a scanner has no room for is refused for that, which is as much as is asked for here. */
function isBeyondLimits(scanned: Scanned, { request }: BuiltSkill, path: string): boolean {
  if (request.limits === undefined || !scanned.ok) return false;
  const isAboutSize = (finding: Finding): boolean => finding.path === path && ["path", "size"].includes(finding.category);
  return !scanned.value.complete || findingsOf(scanned).some(isAboutSize);
}

function withoutRefusedNames(files: PayloadFiles["files"]): PayloadFiles["files"] {
  return Object.fromEntries(Object.entries(files).filter(([, { mayBeUnread = false }]) => !mayBeUnread));
}

function skillOf({ files, limits }: PayloadFiles, which: "payload" | "harmless"): SkillFixture {
  const base = skillFixture("context-hidden-places");
  const made = Object.values(files).map(({ path, body, mode, payload = ORDER, harmless = HARMLESS }) => {
    return { kind: "file", path, body: body(which === "payload" ? payload : harmless), mode } as const;
  });
  const own = base.entries.filter(({ path }) => path === "SKILL.md" && !made.some((entry) => entry.path === path));
  return { ...base, entries: [...own, ...made], request: limits ? { limits } : {} };
}
