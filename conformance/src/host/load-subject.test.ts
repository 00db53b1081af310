import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect, test } from "vitest";

import { EXEMPLAR, inFolder, subjectPath } from "../../test/run-cli.ts";
import { BadSubject } from "../diagnosis/bad-subject.ts";
import { loadSubject } from "./load-subject.ts";

async function refusal(path: string): Promise<BadSubject> {
  const error: unknown = await loadSubject(path).catch((thrown: unknown) => thrown);
  if (!(error instanceof BadSubject)) throw new Error(`It was not refused: ${String(error)}`);
  return error;
}

test("a subject is the default export of its module", async () => {
  expect(await loadSubject(EXEMPLAR)).toMatchObject({ name: "specimen-exemplar", version: "1.0.0" });
});

test("a path that is no file is told from a module that does not load", async () => {
  expect(await refusal("./no-such.ts")).toMatchObject({
    reason: "module-not-found",
    message: expect.stringContaining("no-such.ts") as string,
  });
  expect(await refusal(".")).toMatchObject({ reason: "module-not-found", message: expect.stringContaining("is a folder") as string });
  expect(await refusal(subjectPath("throws-on-import"))).toMatchObject({ reason: "module-threw" });
});

/** Modules as text, because a broken one would not get through the checks of this project. */
const exports: Readonly<Record<string, { readonly source: string; readonly says: string }>> = {
  nothing: { source: "export const a = 1;", says: "is missing" },
  null: { source: "export default null;", says: "is null, not a subject" },
  "a function": { source: "export default () => 1;", says: "is a function, not a subject" },
  "no name": { source: 'export default { version: "1", contracts: {} };', says: "has no name" },
  "an empty version": { source: 'export default { name: "a", version: "", contracts: {} };', says: "has no version" },
  "no contracts": { source: 'export default { name: "a", version: "1" };', says: "has no contracts" },
  "an empty list of contracts": { source: 'export default { name: "a", version: "1", contracts: {} };', says: "implements no contract" },
  "a contract without open": {
    source: 'export default { name: "a", version: "1", contracts: { "toy@1": {} } };',
    says: "has no open function for toy@1",
  },
  "a contract that is null": {
    source: 'export default { name: "a", version: "1", contracts: { "toy@1": null } };',
    says: "has no open function for toy@1",
  },
  "another clock": {
    source: 'export default { name: "a", version: "1", clock: "sun", contracts: { "toy@1": { open() {} } } };',
    says: 'has a clock that is neither "virtual" nor "real"',
  },
};

for (const [name, { source, says }] of Object.entries(exports)) {
  test(`a module that exports ${name} is refused in these words, with an example`, async () => {
    await inFolder(async (folder) => {
      const path = join(folder, "subject.mjs");
      writeFileSync(path, source);
      const error = await refusal(path);
      expect(error.reason).toBe("not-a-subject");
      expect(error.message).toContain(`The default export of ${path} ${says}`);
      expect(error.next).toContain("export default defineSubject(");
    });
  });
}

test("an import that is not there gets its own advice", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "subject.mjs");
    writeFileSync(path, 'import "./no-such-file.mjs";');
    expect(await refusal(path)).toMatchObject({ reason: "module-threw" });
  });
});
