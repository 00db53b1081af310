import { expect, test, vi } from "vitest";

import { EXEMPLAR } from "../../test/run-cli.ts";
import { contractArgument } from "./contract-argument.ts";
import { main } from "./main.ts";
import { suiteArgument } from "./suite-argument.ts";

test("a contract is named with its version or without", () => {
  expect(contractArgument("skill-scanner").name).toBe("skill-scanner");
  expect(contractArgument("skill-scanner@1")).toBe(contractArgument("skill-scanner"));
  expect(suiteArgument("specimen@1").contract).toBe(contractArgument("specimen"));
});

async function said(args: readonly string[]): Promise<readonly [number, string]> {
  let text = "";
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(process.stderr, "write").mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  return [await main(args), text];
}

/** Every command that takes a contract, with the word that is none in its place. */
const commands = (word: string): readonly (readonly string[])[] => [
  [word, EXEMPLAR],
  ["run", word, "--", "cat"],
  ["smoke", word, EXEMPLAR],
  ["list", word],
  ["mutants", word],
  ["init", word],
];

test.each(commands("specimen@2"))("%s %s says which versions there are", async (...args) => {
  expect(await said(args)).toEqual([2, "error: This suite does not know specimen@2\nnext: It knows specimen@1.\n"]);
});

test.each(commands("specimn@1"))("%s %s says which contracts there are", async (...args) => {
  const [exitCode, text] = await said(args);
  expect(text).toContain(
    "error: There is no contract specimn@1; did you mean specimen?\nnext: The contracts are specimen, skill-scanner, elevation-gate.",
  );
  expect(exitCode).toBe(2);
});
