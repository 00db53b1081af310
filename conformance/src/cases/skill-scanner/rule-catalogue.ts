import type { Finding, RuleInfo } from "@flynn/sdk/skill-scanner";
import { TEXT_FAMILIES } from "@flynn/fixtures/skills";

import { defineCase } from "../../judge/case.ts";
import type { CaseDefinition } from "../../judge/case.ts";
import { controlRead } from "./benign-control.ts";
import { hostileOf } from "./fixture-case.ts";
import { gatheredSkill } from "./gathered-skill.ts";
import { findingsOf, scan } from "./scanning.ts";
import { buildInCase } from "./skill-in-case.ts";

/** Skills that make a scanner use as many of its rules as can be had without long scans. */
const VARIED = [
  "many-dangers",
  "warning-alone",
  "link-dangling",
  "hard-link-inside",
  "socket-at-top",
  "name-zero-width-space",
  "name-latin1",
  "normalisation-collision",
  "reserved-name",
  "name-with-colon",
  "depth-above-limit",
  "path-above-limit",
  "name-above-limit",
  ...hostileOf("root"),
  ...hostileOf("size-limits").filter((id) => id.endsWith("-above-limit")),
  ...[
    "elf-without-extension",
    "wasm-module",
    "java-class-file",
    "python-bytecode-called-source",
    "zip-archive",
    "zip-behind-a-script",
    "gzip-file",
    "tar-archive",
    "word-document",
  ],
  ...["nul-late", "latin1-text", "utf16-without-byte-order-mark"],
  ...["png-without-policy", "png-with-zip-behind", "elf-called-png", "woff2-not-in-policy"],
  ...hostileOf("manifest-required").filter((id) => id !== "routed-with-manifest-in-other-case"),
  ...[
    "permissions-null",
    "permissions-with-number",
    "permissions-with-empty-string",
    "permissions-twice",
    "permissions-unknown",
    "permissions-wildcard-in-vocabulary",
  ],
  ...["json-duplicate-key", "json-prototype-key", "json-line-comment", "json-array-root", "json-deep-arrays", "json-empty"],
  ...[
    "skill-file-missing",
    "front-matter-missing",
    "front-matter-not-closed",
    "front-matter-list",
    "name-missing",
    "description-empty",
    "name-twice",
    "quote-not-closed",
  ],
  ...[
    "secrets-aws-in-env",
    "characters-tag-smuggling",
    "markup-comment-directive",
    "instructions-override",
    "encoded-executable-in-text",
    "download-pipe-in-script",
    "remote-bash-device",
    "exfiltration-environment-node",
    "persistence-crontab",
    "autorun-postinstall",
    "dynamic-unpickle",
  ],
  ...["alias-in-description", "alias-merge", "tag-for-python", "second-document", "deep-flow"],
];

/** All hostile skills of a family about what texts say, as one skill: a row for each would take half the run. */
const FAMILIES_OF_TEXTS = new Map(
  TEXT_FAMILIES.map((family) => [
    family,
    gatheredSkill(`all-of-${family}`, `What is hostile in the family ${family}, in one skill.`, hostileOf(family)),
  ]),
);

export const ruleCatalogueCases: readonly CaseDefinition[] = [
  defineCase({
    id: "SCAN-026/every-finding-is-listed",
    requirement: "SCAN-026",
    title: "looks up the rules of the findings in as many kinds of skills as there are rules",
    isolation: "shared",
    requires: ["symbolic-links", "hard-links", "unix-sockets", "byte-file-names", "case-sensitive-names"],
    expects: ["ids are unique", "findings are listed"],
    run: async (context) => {
      const instance = await context.open();
      const answer = await instance.ask<RuleInfo[]>("rules");
      const rules = answer.ok ? answer.value : [];
      const twice = rules.map(({ id }) => id).filter((id, index, ids) => ids.indexOf(id) !== index);
      const error = answer.ok ? "" : `the error ${answer.error.code}: ${answer.error.message}`;
      context.check("ids are unique", answer.ok && twice.length === 0, {
        did: "asked for the rules",
        expected: "each id once",
        got: error || `${twice.join(", ")} twice`,
      });

      const found: { readonly fixture: string; readonly finding: Finding }[] = [];
      for (const fixture of VARIED) {
        await using skill = await buildInCase(context, fixture);
        found.push(...findingsOf(await scan(instance, skill.request)).map((finding) => ({ fixture, finding })));
      }
      const observed = { did: `scanned ${VARIED.length} hostile skills`, expected: "findings", got: `${found.length} findings` };
      context.control("SCAN-017", found.length > 0, observed);
      const strays = found.filter(({ finding }) => !isListed(finding, rules));
      const expected = "every finding with the id and the category of a rule that rules() lists";
      context.check("findings are listed", strays.length === 0, {
        did: observed.did,
        expected,
        got: strays
          .slice(0, 4)
          .map(({ fixture, finding }) => misfit(fixture, finding, rules))
          .join("; "),
      });
    },
  }),
  defineCase({
    id: "SCAN-026/findings-about-texts",
    requirement: "SCAN-026",
    title: `looks up the rules of the findings in skills of ${FAMILIES_OF_TEXTS.size} families about texts`,
    isolation: "shared",
    requires: [...new Set([...FAMILIES_OF_TEXTS.values()].flatMap(({ requires }) => requires))],
    expects: TEXT_FAMILIES,
    run: async (context) => {
      const instance = await context.open();
      const answer = await instance.ask<RuleInfo[]>("rules");
      const rules = answer.ok ? answer.value : [];
      for (const [family, fixture] of FAMILIES_OF_TEXTS) {
        await using skill = await buildInCase(context, fixture);
        const scanned = await scan(instance, skill.request);
        controlRead(context, skill, scanned);
        const strays = findingsOf(scanned).filter((finding) => !isListed(finding, rules));
        context.check(family, answer.ok && strays.length === 0, {
          did: `scanned all hostile skills of the family ${family} as one skill`,
          expected: "every finding with the id and the category of a rule that rules() lists",
          got: strays
            .slice(0, 4)
            .map((finding) => misfit(finding.path, finding, rules))
            .join("; "),
        });
      }
    },
  }),
];

function isListed({ ruleId, category }: Finding, rules: readonly RuleInfo[]): boolean {
  return rules.some((rule) => rule.id === ruleId && rule.category === category);
}

function misfit(fixture: string, { ruleId, category }: Finding, rules: readonly RuleInfo[]): string {
  const rule = rules.find(({ id }) => id === ruleId);
  const said = `${fixture} gave a finding of ${ruleId}, category ${category}`;
  return rule ? `${said}, which rules() lists under ${rule.category}` : `${said}, which rules() does not list`;
}
