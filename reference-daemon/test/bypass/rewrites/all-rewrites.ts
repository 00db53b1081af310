import type { Rewrite } from "../rewrite.ts";
import { codeRewrites } from "./code.ts";
import { markupRewrites } from "./markup.ts";
import { nameRewrites } from "./names.ts";
import { paddingRewrites } from "./padding.ts";
import { placeRewrites } from "./places.ts";
import { proseLetterRewrites } from "./prose-letters.ts";
import { proseWordRewrites } from "./prose-words.ts";
import { shellRewrites } from "./shell.ts";
import { wrappedCodeRewrites } from "./wrapped-code.ts";
import { wrappedProseRewrites } from "./wrapped-prose.ts";

export const allRewrites: readonly Rewrite[] = [
  ...proseLetterRewrites,
  ...proseWordRewrites,
  ...wrappedProseRewrites,
  ...shellRewrites,
  ...codeRewrites,
  ...nameRewrites,
  ...wrappedCodeRewrites,
  ...markupRewrites,
  ...placeRewrites,
  ...paddingRewrites,
];
