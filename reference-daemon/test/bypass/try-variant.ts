import { VirtualClock } from "@flynn/sdk/kernel";
import type { Finding, Verdict } from "@flynn/sdk/skill-scanner";

import { ReferenceSkillScanner } from "../../src/skills/index.ts";
import { MemoryFileSystem } from "../memory-file-system.ts";
import type { Files, Sample } from "./sample.ts";
import type { Variant } from "./variants.ts";

/**
 * - `caught`: at least what the fixture asks for
 * - `weaker`: a warning where it asks for a rejection
 * - `missed`: nothing at all
 * - `void`: refused for its size, its name or its front matter, which says nothing about the rules
 */
export type Outcome = "caught" | "weaker" | "missed" | "void";

const RANK: Readonly<Record<Verdict, number>> = { allow: 0, warn: 1, reject: 2 };
const ABOUT_THE_TREE: readonly string[] = ["size", "frontmatter", "path", "coverage", "encoding", "internal", "link"];

export interface Tried {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
}

export async function tryVariant({ sample, files }: Variant): Promise<Tried> {
  return await tryFiles(sample, files);
}

/** What the scanner says of the sample as it is; a fixture that is missed already shows nothing about a rewrite. */
export async function tryOriginal(sample: Sample): Promise<Tried> {
  return await tryFiles(sample, sample.files);
}

async function tryFiles({ fixture }: Sample, files: Files): Promise<Tried> {
  const names = [...files].map(([path, text]) => [Buffer.from(path).toString("latin1"), text] as const);
  const scanner = new ReferenceSkillScanner({ clock: new VirtualClock(), fileSystem: new MemoryFileSystem(Object.fromEntries(names)) });
  const { verdict, findings } = await scanner.scan({ root: "/skill", phase: "load" });
  const weighty = findings.filter(({ action }) => action !== "note");
  if (weighty.some(({ category }) => ABOUT_THE_TREE.includes(category))) return { outcome: "void", findings };
  const expected = fixture.expect.verdict ?? "reject";
  if (RANK[verdict] >= RANK[expected]) return { outcome: "caught", findings };
  return { outcome: verdict === "allow" ? "missed" : "weaker", findings };
}
