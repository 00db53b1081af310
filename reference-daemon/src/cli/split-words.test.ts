import { execFileSync } from "node:child_process";

import fc from "fast-check";
import { expect, test } from "vitest";

import { splitWords } from "./split-words.ts";

test.each([
  ["", []],
  ["   \t ", []],
  ["ls -la  /tmp", ["ls", "-la", "/tmp"]],
  ["  ls  ", ["ls"]],
  ["echo 'a  b' \"c  d\"", ["echo", "a  b", "c  d"]],
  ["echo '' \"\"", ["echo", "", ""]],
  ["echo a'b'\"c\"d", ["echo", "abcd"]],
  ["echo 'it'\\''s'", ["echo", "it's"]],
  ["echo a\\ b \\' \\\\", ["echo", "a b", "'", "\\"]],
  ['echo "\\"" "\\\\" "\\a" "\\$x"', ["echo", '"', "\\", "\\a", "$x"]],
  ["echo '\\'", ["echo", "\\"]],
  ["echo '|' \"&&\" \\; '#'", ["echo", "|", "&&", ";", "#"]],
  ["echo a#b $HOME * ~ `id` {a,b} ? x=1", ["echo", "a#b", "$HOME", "*", "~", "`id`", "{a,b}", "?", "x=1"]],
  ["echo é 🦊", ["echo", "é", "🦊"]],
])("%j", (line, words) => {
  expect(splitWords(line)).toEqual({ words });
});

test.each([
  ["echo 'a", "a ' is not closed"],
  ['echo "a\\"', 'a " is not closed'],
  ["echo a\\", "there is nothing after the last \\"],
  ["rm -rf build && ls src", "there is no shell here that knows &; put it in quotes, or run sh -c '…'"],
  ["ls|wc", "there is no shell here that knows |; put it in quotes, or run sh -c '…'"],
  ["echo x >/etc/passwd", "there is no shell here that knows >; put it in quotes, or run sh -c '…'"],
  ["rm a # the old b", "there is no shell here that knows #; put it in quotes, or run sh -c '…'"],
])("%j has no words", (line, problem) => {
  expect(splitWords(line)).toEqual({ problem });
});

test("words that are quoted come out as they were, and as a shell reads them", () => {
  const word = fc.string({ unit: fc.constantFrom("a", " ", "'", '"', "\\", "$", "`", "|", ";", "#", "*", "\t", "é"), maxLength: 8 });
  const quotings: ((text: string) => string)[] = [
    (text) => `'${text.replaceAll("'", "'\\''")}'`,
    (text) => `"${text.replaceAll(/["\\$`]/gu, "\\$&")}"`,
    (text) => (text === "" ? "''" : text.replaceAll(/[^a]/gu, "\\$&")),
  ];
  const quoted = fc.array(fc.tuple(word, fc.constantFrom(...quotings)), { minLength: 1, maxLength: 5 });
  const lines: string[] = [];
  fc.assert(
    fc.property(quoted, (parts) => {
      const line = parts.map(([text, quote]) => quote(text)).join(" ");
      lines.push(line);
      expect(splitWords(line)).toEqual({ words: parts.map(([text]) => text) });
    }),
    { numRuns: 300 },
  );
  const script = lines.map((line) => `printf '%s\\0' ${line}`).join("\n");
  const shell = execFileSync("sh", ["-c", script], { encoding: "utf8", env: {} });
  const ours = lines.flatMap((line) => {
    const split = splitWords(line);
    return "words" in split ? split.words : [];
  });
  expect(shell.split("\0").slice(0, -1)).toEqual(ours);
});
