import type { Choices } from "./choices.ts";
import type { Language } from "./language.ts";
import type { Files, Passage, Sample } from "./sample.ts";

/** One way to write a sample differently that leaves what it does, or what it tells a reader, as it was. */
export interface Rewrite {
  readonly id: string;
  readonly what: string;
  /** Null where the sample has nothing that it could change. */
  readonly rewrite: (sample: Sample, choices: Choices) => Files | null;
}

type RewriteLines = (lines: readonly string[], choices: Choices, passage: Passage) => readonly string[] | null;

/** Applies to each passage in one of the languages. */
export function passageRewrite(id: string, what: string, languages: readonly Language[], rewriteLines: RewriteLines): Rewrite {
  return {
    id,
    what,
    rewrite: ({ files, passages }, choices) => {
      const texts = new Map([...files].map(([path, text]) => [path, text.split("\n")]));
      let isChanged = false;
      // From the bottom up, so that the lines of the next passage still are where they were.
      for (const passage of passages.toReversed()) {
        const lines = texts.get(passage.path);
        if (!lines || !languages.includes(passage.language)) continue;
        const before = lines.slice(passage.start, passage.start + passage.count);
        const after = rewriteLines(before, choices, passage);
        if (after === null || after.join("\n") === before.join("\n")) continue;
        lines.splice(passage.start, passage.count, ...after);
        isChanged = true;
      }
      return isChanged ? new Map([...texts].map(([path, lines]) => [path, lines.join("\n")])) : null;
    },
  };
}

/** Applies to each line by itself. */
export function lineRewrite(
  id: string,
  what: string,
  languages: readonly Language[],
  rewriteLine: (line: string, choices: Choices, language: Language) => string,
): Rewrite {
  return passageRewrite(id, what, languages, (lines, choices, { language }) => lines.map((line) => rewriteLine(line, choices, language)));
}

/** Applies to the whole text of each file that has a passage in one of the languages. */
export function fileRewrite(
  id: string,
  what: string,
  isWanted: (path: string, sample: Sample) => boolean,
  rewriteText: (text: string, choices: Choices, path: string) => string | null,
): Rewrite {
  return {
    id,
    what,
    rewrite: (sample, choices) => {
      const wanted = sample.changed.filter((path) => isWanted(path, sample));
      const rewritten = wanted.flatMap((path) => {
        const before = sample.files.get(path) ?? "";
        const after = rewriteText(before, choices, path);
        return after === null || after === before ? [] : [[path, after] as const];
      });
      return rewritten.length === 0 ? null : new Map([...sample.files, ...rewritten]);
    },
  };
}

export function isWholeIn(language: Language): (path: string, sample: Sample) => boolean {
  return (path, { passages }) => {
    const own = passages.filter((passage) => passage.path === path);
    return own.length > 0 && own.every((passage) => passage.language === language);
  };
}
