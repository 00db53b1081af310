import { expect, test } from "vitest";
import { Lexer } from "yaml";

import { tokenProblem } from "./yaml-tokens.ts";
import type { FrontmatterProblem } from "./yaml-tokens.ts";

const problem = (yaml: string): FrontmatterProblem | null => tokenProblem([...new Lexer().lex(yaml)]);

test.each(["|", ">", "|-", ">+", "|2"])("a key after a text of style %s is a key", (style) => {
  expect(problem(`name: a\ndescription: ${style}\n  One.\n\n  Two.\nnotes: b\n`)).toBeNull();
});

test("texts in a row are no levels", () => {
  const yaml = Array.from({ length: 40 }, (_, index) => `k${index}: |\n  * text\n`).join("");
  expect(problem(yaml)).toBeNull();
});

test("an empty text is followed by a key as well", () => {
  expect(problem("notes: |\nname: a\n")).toBeNull();
});

test("what follows a text is still looked at", () => {
  expect(problem("notes: |\n  text\nname: &a b\n")?.what).toBe("There is a YAML anchor");
  expect(problem("notes: |\n  text\n'a' 'b'\n")?.what).toBe("Something is missing before this");
});
