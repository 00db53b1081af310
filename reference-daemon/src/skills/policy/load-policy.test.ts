import { chmodSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

import { describe, expect, test } from "vitest";

import { temporaryFolder } from "../../../test/executor-folder.ts";
import { ruleCatalogue } from "../rules/catalogue.ts";
import { isSuppressible } from "../suppression/suppressible.ts";
import { loadSkillPolicy } from "./load-policy.ts";
import { parsePolicy } from "./parse-policy.ts";

const NOTHING = { schema: "flynn-skill-policy/1", assets: [], limits: {}, actions: {}, installerHosts: [], suppressions: [] };

/** The message of the problem with such a text. */
function problemIn(text: string): string {
  try {
    parsePolicy(text, "FILE");
    return "none";
  } catch (error) {
    return error instanceof Error ? error.message : "no error";
  }
}

/** On one line, so that a column tells the place. */
function policy(members: string): string {
  return `{"schema":"flynn-skill-policy/1",${members}}`;
}

const suppression = {
  rule: ruleCatalogue.find(isSuppressible)?.id ?? "",
  skill: "weather",
  path: "docs/a.md",
  digest: "0".repeat(64),
  reason: "It quotes what it warns of.",
  expires: "2031-01-31T00:00:00Z",
};

test("a policy may say nothing", () => {
  expect(parsePolicy('{"schema":"flynn-skill-policy/1"}', "FILE")).toEqual(NOTHING);
});

test("a policy may say everything", () => {
  const everything = {
    schema: "flynn-skill-policy/1",
    assets: ["png"],
    limits: { files: 10 },
    permissions: ["net"],
    actions: { "ENC-INVALID": "reject" },
    installerHosts: ["sh.example.com", "localhost"],
    suppressions: suppression.rule === "" ? [] : [suppression],
  };
  expect(parsePolicy(JSON.stringify(everything, null, 2), "FILE")).toEqual(everything);
});

describe("a text is refused, with line and column", () => {
  test.each([
    ["nothing", "", "FILE:1:1: A value is missing"],
    ["no object", "[]", "FILE:1:1: Invalid input: expected object, received array"],
    ["no schema", "{}", 'FILE:1:1: schema: Invalid input: expected "flynn-skill-policy/1"'],
    ["another schema", '{\n "schema": "flynn-skill-policy/2"\n}', 'FILE:2:12: schema: Invalid input: expected "flynn-skill-policy/1"'],
    ["a comment", policy('"assets":[] // none'), "FILE:1:46: A comma or a closing brace is missing"],
    ["a key twice", policy('"limits":{"files":1,"files":9}'), 'FILE:1:54: The key "files" is there twice'],
    ["an unknown key", policy('"supressions":[]'), 'FILE:1:34: Unrecognized key: "supressions"'],
    ["an unknown key further in", policy('"limits":{"lines":1}'), 'FILE:1:44: limits: Unrecognized key: "lines"'],
    ["a limit of nothing", policy('"limits":{"files":0}'), "FILE:1:52: limits.files: Too small: expected number to be >=1"],
    ["an unknown asset", policy('"assets":["png","exe"]'), "FILE:1:50: assets.1: Invalid option"],
    ["an unknown action", policy('"actions":{"FS-LINK":"drop"}'), "FILE:1:55: actions.FS-LINK: Invalid option"],
    ["an unknown rule", policy('"actions":{"FS-LNIK":"warn"}'), 'FILE:1:45: actions: There is no rule "FS-LNIK"; the nearest is FS-LINK'],
    [
      "a rule that cannot be lowered",
      policy('"actions":{"FS-LINK":"note"}'),
      "FILE:1:45: actions: FS-LINK is about what a skill is made of",
    ],
    ["a URL for a host", policy('"installerHosts":["https://sh.example.com/x"]'), "FILE:1:52: installerHosts.0: must be a host name"],
    [
      "an unknown rule to be suppressed",
      policy(`"suppressions":[${JSON.stringify({ ...suppression, rule: "NO-SUCH-RULE" })}]`),
      'FILE:1:58: suppressions.0.rule: There is no rule "NO-SUCH-RULE"; the nearest is ',
    ],
    [
      "a rule that is never suppressed",
      policy(`"suppressions":[${JSON.stringify({ ...suppression, rule: "FS-LINK" })}]`),
      "FILE:1:58: suppressions.0.rule: What FS-LINK finds is never suppressed; change the skill",
    ],
    [
      "a day without a time",
      policy(`"suppressions":[${JSON.stringify({ ...suppression, rule: "FS-LINK", expires: "2031-01-31" })}]`),
      "suppressions.0.expires: Invalid ISO datetime",
    ],
    [
      "a digest in upper case",
      policy(`"suppressions":[${JSON.stringify({ ...suppression, rule: "FS-LINK", digest: "A".repeat(64) })}]`),
      "suppressions.0.digest: Invalid string",
    ],
    [
      "a reason that would not show as it is",
      policy(`"suppressions":[${JSON.stringify({ ...suppression, reason: "Fine \u202E enif" })}]`),
      "suppressions.0.reason: holds a control, invisible or direction-changing character",
    ],
    ["a control character", policy('"\\u001b[2J":1'), "FILE:1:34: Unrecognized key"],
  ])("%s", (_, text, problem) => {
    const message = problemIn(text);
    expect(message).toContain(problem);
    expect(message).not.toMatch(/[\u0000-\u001F]/u);
  });
});

describe("a file is refused", () => {
  async function failure(path: string): Promise<unknown> {
    return await loadSkillPolicy(path).catch((error: unknown) => error);
  }

  test("that is not there", async () => {
    expect(await failure("/nowhere/policy.json")).toMatchObject({
      code: "MISSING",
      message: "There is no policy file at /nowhere/policy.json. Write one, or leave --policy out.",
    });
  });

  test("whose path is relative", async () => {
    expect(await failure("policy.json")).toMatchObject({ code: "INVALID", message: expect.stringContaining("is not absolute") as unknown });
  });

  test("that is a folder", async () => {
    using folder = temporaryFolder();
    expect(await failure(folder.path)).toMatchObject({ code: "INVALID" });
  });

  test("that lies below a file", async () => {
    using folder = temporaryFolder();
    const path = join(folder.write("a", ""), "policy.json");
    expect(await failure(path)).toMatchObject({
      code: "INVALID",
      message: `The policy file ${path} cannot be read (ENOTDIR). Name a file that you may read.`,
    });
  });

  test.skipIf(process.getuid?.() === 0)("that may not be read", async () => {
    using folder = temporaryFolder();
    const path = folder.write("policy.json", JSON.stringify(NOTHING), 0o000);
    expect(await failure(path)).toMatchObject({ code: "INVALID", message: expect.stringContaining("cannot be read (EACCES)") as unknown });
  });

  test("that others may write to", async () => {
    using folder = temporaryFolder();
    const path = folder.write("policy.json", JSON.stringify(NOTHING));
    chmodSync(path, 0o666);
    expect(await failure(path)).toMatchObject({ code: "UNSAFE" });
    chmodSync(path, 0o600);
    expect(await loadSkillPolicy(path)).toEqual(NOTHING);
  });
});
