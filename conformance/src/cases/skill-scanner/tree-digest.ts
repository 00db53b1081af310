import { treeDigest } from "@flynn/sdk/skill-scanner";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { describe, scan } from "./scanning.ts";
import type { Scanned } from "./scanning.ts";
import { buildInCase, didScan } from "./skill-in-case.ts";

export const treeDigestCases: readonly CaseDefinition[] = [
  ...["clean-with-references", "clean-sorts-oddly", "copied-manifest"].map((id) =>
    defineCase({
      id: `SCAN-002/${id}`,
      requirement: "SCAN-002",
      title: `compares the digest of the tree ${id} with its own`,
      isolation: "shared",
      expects: ["digest"],
      run: async (context) => {
        const instance = await context.open();
        await using skill = await buildInCase(context, id);
        const scanned = await scan(instance, skill.request);
        const expected = treeDigest(skill.entries);
        const listed = `over ${skill.entries.length} entries: ${skill.entries.map(({ path }) => path).join(", ")}`;
        context.check("digest", digestOf(scanned) === expected, {
          did: didScan(skill),
          expected: `treeDigest ${expected} ${listed}`,
          got: describeDigest(scanned),
        });
      },
    }),
  ),
  defineCase({
    id: "SCAN-002/with-a-link",
    requirement: "SCAN-002",
    title: "compares the digest of a tree with a link in it with its own",
    isolation: "shared",
    requires: ["symbolic-links"],
    expects: ["digest"],
    run: async (context) => {
      const instance = await context.open();
      await using skill = await buildInCase(context, "link-to-own-file");
      const scanned = await scan(instance, skill.request);
      // Whether the scan counts as complete, and whether the link is listed, other rows ask; here it is about the lines only.
      const inventory = (scanned.ok ? scanned.value.inventory : []).map((entry) =>
        entry.kind === "file" ? entry : { ...entry, bytes: 0, sha256: null },
      );
      const expected = scanned.ok && scanned.value.complete ? treeDigest(inventory) : null;
      const why =
        expected === null ? "null, because the scan is not complete" : `${expected}, in which the link has size 0 and an empty sha256`;
      context.check("digest", scanned.ok && digestOf(scanned) === expected, {
        did: didScan(skill),
        expected: `treeDigest ${why}`,
        got: describeDigest(scanned),
      });
    },
  }),
  defineCase({
    id: "SCAN-002/incomplete",
    requirement: "SCAN-002",
    title: "scans a root that is not there, and a clean one",
    isolation: "shared",
    expects: ["digest of a clean skill", "null when incomplete"],
    run: async (context) => {
      const instance = await context.open();
      await using clean = await buildInCase(context, "root-plain-folder");
      const scanned = await scan(instance, clean.request);
      const expected = `treeDigest ${treeDigest(clean.entries)}`;
      context.check("digest of a clean skill", digestOf(scanned) === treeDigest(clean.entries), {
        did: didScan(clean),
        expected,
        got: describeDigest(scanned),
      });
      await using missing = await buildInCase(context, "root-missing");
      const refused = await scan(instance, missing.request);
      context.control("SCAN-009", refused.ok && !refused.value.complete, {
        did: didScan(missing),
        expected: "complete false",
        got: describe(refused),
      });
      context.check("null when incomplete", digestOf(refused) === null, {
        did: didScan(missing),
        expected: "treeDigest null",
        got: describeDigest(refused),
      });
    },
  }),
];

function digestOf(scanned: Scanned): string | null | undefined {
  return scanned.ok ? scanned.value.treeDigest : undefined;
}

function describeDigest(scanned: Scanned): string {
  return scanned.ok ? `treeDigest ${String(scanned.value.treeDigest)} (${describe(scanned)})` : describe(scanned);
}
