import type { SourcePatch } from "@flynn/conformance/mutant";

const rules = "src/skills/text-rules";
const examination = `${rules}/text-examination.ts`;
const encodings = `${rules}/decoding/encodings.ts`;
const COUNTED = "    if (!this.#isCounted(info.id, action)) return;";

const decodes = (id: string, message: string, file: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-039"],
  message,
  file,
  find,
  replace,
});

/** A language in which nothing is known of dropping instructions. */
const speaksNo = (language: string, find: string, replace: string): SourcePatch => ({
  id: `speaks-no-${language.toLowerCase()}`,
  kills: ["SCAN-038"],
  message: `an override in ${language}`,
  file: `${rules}/families/injection/languages.ts`,
  find,
  replace,
});

/** Rules and encodings that are missing, each where nothing else finds the payload. */
export const payloadAloneMutants: readonly SourcePatch[] = [
  decodes("turns-no-letters-back", "in ROT13", `${rules}/decoding/respelled.ts`, 'signs.has("rot13")', 'signs.has("rot13") && text === ""'),
  decodes("knows-no-codes-with-blanks-between", "blanks between", encodings, 'signs.has("spaced")', 'signs.has("spaced") && text === ""'),
  decodes("knows-no-groups-of-base64", "groups of base64", encodings, 'signs.has("base64")', 'signs.has("base64") && text === ""'),
  decodes("replaces-no-escapes-in-hex", "\\x escapes", `${rules}/views/joined-view.ts`, "(?<hex>", "(?<hex>(?!)"),
  decodes(
    "decodes-one-stretch-of-a-text",
    "the second of two stretches",
    examination,
    "encodedIn(source.text, signs)) yield* this.#lookInside(encoded, source, depth);",
    "encodedIn(source.text, signs)) { yield* this.#lookInside(encoded, source, depth); break; }",
  ),
  decodes(
    "looks-for-credentials-in-the-plain-only",
    "a credential in base64",
    examination,
    COUNTED,
    `    if (info.category === "secret" && view.disguise?.startsWith("behind")) return;\n${COUNTED}`,
  ),
  {
    id: "shows-what-it-decoded-as-it-stands",
    kills: ["SCAN-035"],
    message: "in base64",
    file: examination,
    find: "evidence: shown.text,",
    replace: 'evidence: view.disguise?.startsWith("behind base64") ? this.#surroundings.text.slice(start, start + 120) : shown.text,',
  },
  speaksNo("Chinese", '"(?:忽略|无视|忽视|不要遵守|', '"(?:不要遵守|'),
  speaksNo("Japanese", "(?:指示|命令|ルール|プロンプト|制約|指令)~(?:無視|", "(?:ルール|プロンプト|制約|指令)~(?:無視|"),
  speaksNo("Russian", '"(?:про)?(?:игнориру\\\\p{L}{1,5}|', '"(?:про)?(?:'),
  speaksNo("German", "(?:ignorier(?:e|en(?: sie)?)|vergiss|", "(?:vergiss|"),
  speaksNo("Hindi", '"(?:पिछले~निर्देश|', '"(?:'),
  speaksNo("Turkish", "(?:önceki|tüm)~talimatlar", "(?:tüm)~buyruklar"),
  {
    id: "reads-letters-with-their-marks",
    kills: ["SCAN-038"],
    message: "letters carry marks",
    file: `${rules}/views/folded-view.ts`,
    find: 'character.normalize("NFKD").replace(/\\p{M}+/gu, "");',
    replace: 'character.normalize("NFKD");',
  },
  {
    id: "lets-everything-be-taken-for-approved",
    kills: ["SCAN-038"],
    message: "to take everything for approved",
    file: `${rules}/families/injection/confirmation.ts`,
    find: "(?:treat|regard|consider)\\s(?:all",
    replace: "(?:regard|consider)\\s(?:all",
  },
  {
    id: "reads-no-comments-of-html",
    kills: ["SCAN-037"],
    message: "a comment that tells an assistant",
    file: `${rules}/families/hidden-markup/comment.ts`,
    find: '    { anchors: ["<!--"], pattern: /<!--/uy, until: "-->", judge: ifOrderInPage },\n',
    replace: "",
  },
  {
    id: "lets-history-be-erased",
    kills: ["SCAN-043"],
    message: "erases the history",
    file: `${rules}/families/persistence/stealth.ts`,
    find: "(WIPED.filter((trace) => match.has(trace)).length > 1 ? {} : inText(match))",
    replace: '(match.place.path === "" ? inText(match) : null)',
  },
  {
    id: "lets-a-skill-run-while-it-is-loaded",
    kills: ["SCAN-044"],
    message: "when the skill is loaded",
    file: `${rules}/families/autorun/load-time.ts`,
    find: "  if (!/\\.md$/iu.test(place.path)) return null;",
    replace: '  if (place.path !== "") return null;',
  },
  {
    id: "lets-tests-call-hosts",
    kills: ["SCAN-044"],
    message: "a test that calls a host",
    file: `${rules}/families/autorun/test-file.ts`,
    find: "judge: ({ place, groups }) =>",
    replace: 'judge: ({ place, groups }) => place.path !== "" ? null :',
  },
];
