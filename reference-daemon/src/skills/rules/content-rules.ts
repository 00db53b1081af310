import { defineRules } from "./rule.ts";

const since = "0.1.0";
const certain = { action: "reject", since } as const;

/** What files hold, whatever they are called: binaries, archives, and text that is not UTF-8. */
export const contentRules = defineRules({
  executable: {
    id: "BIN-EXECUTABLE",
    category: "binary",
    severity: "critical",
    ...certain,
    summary: "A file is an executable or a library of machine code.",
    fix: "Remove it; ship the source, or tell users where to get the program.",
  },
  bytecode: {
    id: "BIN-BYTECODE",
    category: "binary",
    severity: "critical",
    ...certain,
    summary: "A file is compiled code of a virtual machine.",
    fix: "Remove it and ship the source that it was made of.",
  },
  archive: {
    id: "BIN-ARCHIVE",
    category: "binary",
    severity: "high",
    ...certain,
    summary: "A file is an archive, or compressed, or has an archive at its end.",
    fix: "Remove it, and put the files that it holds into the skill as they are.",
  },
  document: {
    id: "BIN-DOCUMENT",
    category: "binary",
    severity: "high",
    ...certain,
    summary: "A file is a document in a format that can hold scripts.",
    fix: "Remove it, or put its text into the skill as Markdown.",
  },
  data: {
    id: "BIN-DATA",
    category: "binary",
    severity: "high",
    ...certain,
    summary: "A file is a database or serialised objects.",
    fix: "Remove it, or ship the data as text, such as JSON or CSV.",
  },
  media: {
    id: "BIN-MEDIA",
    category: "binary",
    severity: "medium",
    ...certain,
    summary: "A file is an image, a font, a sound or a film that the policy does not name.",
    fix: "Remove it, or ask the host's operator to allow assets of this type.",
  },
  damagedAsset: {
    id: "BIN-ASSET",
    category: "binary",
    severity: "high",
    ...certain,
    summary: "An asset of an allowed type is cut short, broken, or holds more than the asset.",
    fix: "Save it again with an image or font editor that writes nothing else into it.",
  },
  blob: {
    id: "BIN-UNKNOWN",
    category: "binary",
    severity: "high",
    ...certain,
    summary: "A file is neither text nor of a known type.",
    fix: "Remove it, or ship it as text.",
  },
  nul: {
    id: "ENC-NUL",
    category: "encoding",
    severity: "high",
    ...certain,
    summary: "A text holds a NUL byte.",
    fix: "Save it as UTF-8 text without NUL bytes.",
  },
  invalidUtf8: {
    id: "ENC-INVALID",
    category: "encoding",
    severity: "medium",
    action: "warn",
    since,
    summary: "A text is not UTF-8.",
    fix: "Save it as UTF-8.",
  },
  wideText: {
    id: "ENC-WIDE",
    category: "encoding",
    severity: "info",
    action: "note",
    since,
    summary: "A text is UTF-16 or UTF-32.",
    fix: "Save it as UTF-8, so that every program reads the same.",
  },
});
