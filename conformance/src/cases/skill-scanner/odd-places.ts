import { DEFAULT_LIMITS } from "@flynn/sdk/skill-scanner";

import type { CaseDefinition } from "../../judge/case.ts";
import type { Body } from "./derived-skill.ts";
import { payloadFilesCase } from "./payload-files.ts";
import type { PayloadFile, PayloadFiles } from "./payload-files.ts";
import { pageWith } from "./plain-payloads.ts";

const PAGE_OF_RULES = [
  "---",
  "name: {{skill}}",
  "description: Names variables and files after the conventions of a project.",
  "---",
  "# Names",
  "",
  "Give three names with a reason each. Reference {{nonce}}",
  "",
  "---",
];

/** Names, rights and ends that some list of what is text, or some pattern for a path, leaves out. */
const ODD: Readonly<Record<string, PayloadFile>> = {
  "an order in a file whose name is beyond ASCII": { path: "notes/\u8AAD\u66F8-{{word:71}}.md", body: pageWith },
  "an order in a folder whose name is beyond ASCII": { path: "\u0437\u0430\u043C\u0435\u0442\u043A\u0438/{{word:71}}.txt", body: pageWith },
  "an order in a file with blanks in its name": { path: "notes/{{word:72}} {{word:71}}.md", body: pageWith },
  "an order in a file with an extension in capitals": { path: "notes/{{word:71}}-CAPITALS.MD", body: pageWith },
  "an order in a file whose name is all in capitals": { path: "NAMES.TXT", body: pageWith },
  "an order in a file whose name has to be escaped": { path: "notes/{{word:71}}\\x07.md", body: pageWith, mayBeUnread: true },
  "an order in a text that may be executed": { path: "notes/{{word:71}}-executable", body: pageWith, mode: "755" },
  "an order in a text that nobody may write": { path: "notes/{{word:71}}-read-only.md", body: pageWith, mode: "444" },
  "an order on a last line without a line end": { path: "notes/{{word:71}}-last.md", body: (line) => `# Names, {{nonce}}\n\n${line}` },
  "an order on a first line": { path: "notes/{{word:71}}-first.txt", body: (line) => [line, "{{nonce}}"] },
  "an order between rules in the body of SKILL.md": {
    path: "SKILL.md",
    body: (line) => [...PAGE_OF_RULES, "", line, "", "---", "", "That is all."],
  },
};

/** White space would be a reason to refuse by itself. */
const PROSE = "Files are named in kebab case. ";
const PROSE_CHARACTERS = 300_000;
const FILLER = "# This line says nothing; it is there to fill the file.........\n";
const filled = (bytes: number): Body => ({ repeat: FILLER, times: Math.ceil(bytes / FILLER.length) });

/** The request widens limits so that these are within them, with nothing behind the payload. */
const WITHIN_WIDER_LIMITS: PayloadFiles = {
  files: {
    "an order at depth 15, where the request widens the limit": { path: ".0/a/b/c/d/e/f/g/h/i/j/k/l/m/{{word:71}}.md", body: pageWith },
    "an order in a file with a name of 150 bytes, where the request widens the limit": { path: `.0/${"name-".repeat(30)}`, body: pageWith },
    "an order on a path of 300 bytes, where the request widens the limit": {
      path: `.0/${`${"folder-".repeat(14)}/`.repeat(3)}{{word:71}}.md`,
      body: pageWith,
    },
    "an order behind 1 MiB of its file, where the request widens the limit": {
      path: ".0/{{word:71}}-large.md",
      body: (line) => ({ join: ["{{nonce}}\n", filled(DEFAULT_LIMITS.fileBytes + 1_000), `${line}\n`] }),
    },
    "an order behind 300,000 characters on its line": {
      path: ".0/{{word:71}}-wide.txt",
      body: (line) => ["{{nonce}}", PROSE.repeat(PROSE_CHARACTERS / PROSE.length + 1) + line],
    },
  },
  limits: { depth: 20, pathBytes: 400, nameBytes: 200, fileBytes: 2 ** 22 },
};

export const oddPlaceCases: readonly CaseDefinition[] = [
  payloadFilesCase("in-odd-files", "SCAN-046", { files: ODD }),
  payloadFilesCase("within-wider-limits", "SCAN-048", WITHIN_WIDER_LIMITS),
];
