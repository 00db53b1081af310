import type { SourcePatch } from "@flynn/conformance/mutant";

const examination = "src/skills/text-rules/text-examination.ts";
const finding = "src/skills/rules/finding.ts";
const redaction = "src/skills/text-rules/redaction.ts";
const MASKED = "${secret.slice(0, SHOWN_OF_SECRET)}…";

const leak = (id: string, message: string, file: string, find: string, replace: string): SourcePatch => ({
  id,
  kills: ["SCAN-035"],
  message,
  file,
  find,
  replace,
});

/** What shows of a credential in the results. */
export const secretValueMutants: readonly SourcePatch[] = [
  leak(
    "quotes-lines-as-they-are",
    "in the finding of",
    redaction,
    "  return { text: shown + text.slice(at, end), isRedacted };",
    "  return { text: text.slice(start, end), isRedacted: false };",
  ),
  leak("shows-half-of-a-secret", "in the finding of", redaction, MASKED, "${secret.slice(0, secret.length / 2)}…"),
  leak("shows-the-end-of-a-secret-in-base64", "base64", redaction, MASKED, '${Buffer.from(secret.slice(-18)).toString("base64")}…'),
  leak("shows-a-secret-in-hex", "hex", redaction, MASKED, '${Buffer.from(secret.slice(-16)).toString("hex")}…'),
  leak(
    "shows-a-secret-as-a-dump-of-bytes",
    "hex",
    redaction,
    MASKED,
    '${(Buffer.from(secret.slice(-16)).toString("hex").match(/../gu) ?? []).join(" ")}…',
  ),
  leak(
    "redacts-the-first-secret-of-a-line",
    "beside three others",
    redaction,
    "    at = Math.min(end, span.end);",
    "    at = Math.min(end, span.end);\n    break;",
  ),
  leak("knows-no-passwords-in-evidence", "the password, raw", redaction, "  /(?<=:\\/\\/[^\\s:/@]{1,64}:)[^\\s/@]{4,128}(?=@)/gu,\n", ""),
  leak(
    "knows-no-rarer-keys-in-evidence",
    "the azure-account-key, raw",
    redaction,
    ", ...SERVICE_FORMATS]",
    ", ...SERVICE_FORMATS.slice(0, 0)]",
  ),
  leak(
    "cuts-before-it-redacts",
    "across character 160",
    examination,
    "redactedSlice(view.text, start, Math.min(end, start + MOST_EVIDENCE))",
    "redactedSlice(view.text.slice(start, Math.min(end, start + 160)), 0, Math.min(end - start, 160))",
  ),
  leak(
    "shows-the-line-before",
    "in the line before",
    examination,
    "{ path, what, evidence: shown.text, ",
    '{ path, what: `${what}, after ${this.#surroundings.text.slice(0, start).split("\\n").at(-2)?.replaceAll(/[^ -~]/gu, "?") ?? "nothing"}`, evidence: shown.text, ',
  ),
  leak(
    "quotes-metadata-as-it-is",
    "in the finding of FM-DUPLICATE",
    finding,
    "redactedSlice(evidence, 0, evidence.length)",
    "evidence.length < 0 ? redactedSlice(evidence, 0, 0) : { text: evidence, isRedacted: false }",
  ),
  leak(
    "never-says-that-it-redacted",
    "evidence.redacted false",
    finding,
    "redacted: isRedacted || shown.isRedacted",
    "redacted: isRedacted && shown.isRedacted",
  ),
];
