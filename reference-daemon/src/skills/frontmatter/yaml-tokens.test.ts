import fc from "fast-check";
import { expect, test } from "vitest";
import { Lexer, parseAllDocuments, stringify } from "yaml";

import { tokenProblem } from "./yaml-tokens.ts";

const problemIn = (yaml: string): ReturnType<typeof tokenProblem> => tokenProblem([...new Lexer().lex(yaml)]);

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(fc.constantFrom("a", " ", "\n", ":", "-", "#", "'", '"', "é", "? ", "- ", ": ", "[", "{"), { maxLength: 14 })
    .map((parts) => parts.join("")),
);

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(text, tie("any"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;

test("nothing is wrong with what the library itself writes, in any style", () => {
  const style = fc.record({
    collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
    indentSeq: fc.boolean(),
    lineWidth: fc.constantFrom(0, 20, 80),
    defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "QUOTE_SINGLE" as const, "BLOCK_LITERAL" as const),
  });
  fc.assert(
    fc.property(fc.dictionary(text, value, { maxKeys: 5 }), style, (mapping, options) => {
      const yaml = stringify({ ...mapping }, { ...options, aliasDuplicateObjects: false });
      expect([yaml, problemIn(yaml)]).toEqual([yaml, null]);
    }),
    { numRuns: 200 },
  );
});

test("what the library can read is not called broken", () => {
  // Without explicit keys: the library is silent about what stands behind them, such as in "? \'a\' b".
  const piece = fc.constantFrom(
    ..."a1:-,[]{}#'\"|> \n\t",
    ": ",
    "- ",
    "a: ",
    "\n  ",
    "\n",
    "\r\n",
    '"b"',
    "'c'",
    "| \n  x",
    ">-\n y\n",
    " # z\n",
    "[]",
    "{}",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 16 }), (pieces) => {
      const yaml = pieces.join("");
      const isRead = parseAllDocuments(yaml, { uniqueKeys: false, logLevel: "silent" }).every((document) => document.errors.length === 0);
      const problem = problemIn(yaml);
      if (isRead) expect([yaml, problem?.rule.id]).not.toEqual([yaml, "FM-YAML"]);
    }),
    { numRuns: 4_000 },
  );
});
