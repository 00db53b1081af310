import { expect, test } from "vitest";

import { failureFingerprint, violationFingerprint } from "./failure-fingerprint.ts";

const failing = (got: string, name = "held"): Parameters<typeof failureFingerprint>[0] => [
  { name: "before", holds: true, got: "anything" },
  { name, holds: false, got },
];
const print = (got: string, madeUp: readonly string[] = [], name?: string): string =>
  failureFingerprint(failing(got, name), undefined, new Set(madeUp));

interface Said {
  readonly got: string;
  readonly madeUp?: readonly string[];
}

const same: Readonly<Record<string, readonly [Said, Said]>> = {
  "made-up words": [
    { got: "kept qwertyuiop", madeUp: ["qwertyuiop"] },
    { got: "kept asdfghjkl", madeUp: ["asdfghjkl"] },
  ],
  "a made-up word inside another": [
    { got: "kept abcxyzdef", madeUp: ["xyz", "abcxyzdef"] },
    { got: "kept uvwuvwuvw", madeUp: ["uvw", "uvwuvwuvw"] },
  ],
  "identifiers that the subject made up": [{ got: '{"grantId":"elv_z-uzknPcEtfT"}' }, { got: '{"grantId":"elv_QWertzuiopas"}' }],
  numbers: [{ got: "held after 1999 ms" }, { got: "held after 52 ms" }],
  "digests and identifiers": [{ got: "digest 9f86d081884c7d65" }, { got: "digest 60303ae22b99886" }],
  "paths of the machine": [{ got: "the folder /tmp/a/b is there" }, { got: "the folder /var/x is there" }],
  "how many things of chance stand in a row": [{ got: "files a1, b2, c3" }, { got: "files a1" }],
  "where a long text was cut": [{ got: `verdict reject and ${"x".repeat(80)}…` }, { got: `verdict reject and ${"x".repeat(90)}…` }],
};

test.each(Object.entries(same))("%s make no difference", (_title, [a, b]) => {
  expect(print(a.got, a.madeUp)).toBe(print(b.got, b.madeUp));
});

const different: Readonly<Record<string, readonly [string, string]>> = {
  "another answer": ["held", "not held"],
  "another error": ["the error UNSUPPORTED: no", "the error NOT_FOUND: no"],
  "another code in an answer": ['{"code":"OK_PENDING"}', '{"code":"OK_ACTIVE"}'],
  "no answer": ["held", "`status` was not answered within 5 s"],
};

test.each(Object.entries(different))("%s is another failure", (_title, [a, b]) => {
  expect(print(a)).not.toBe(print(b));
});

test("the check that failed is part of it, and a reason stands in for one", () => {
  expect(print("held", [], "held at ttl")).not.toBe(print("held", [], "over at ttl"));
  expect(failureFingerprint([], "The subject could not be started again.", new Set())).not.toBe(failureFingerprint([], "x", new Set()));
});

test("it is short, and no value can be read from it", () => {
  expect(print("anything")).toMatch(/^[0-9a-f]{12}$/u);
});

test("violations are known by where they were seen and what kind they are, in any order and however often", () => {
  const [log, stderr] = [
    { did: "called `acquire`", got: "a log, raw" },
    { did: "called `status`", got: "stderr, in base64" },
  ];
  expect(violationFingerprint([log, stderr, log])).toBe(violationFingerprint([stderr, log]));
  expect(violationFingerprint([log])).not.toBe(violationFingerprint([log, stderr]));
  expect(violationFingerprint([{ ...log, got: "INTERNAL: no such file /a" }])).toBe(
    violationFingerprint([{ ...log, got: "INTERNAL: not there" }]),
  );
  expect(violationFingerprint([{ ...log, got: "INTERNAL: x" }])).not.toBe(violationFingerprint([{ ...log, got: "BUSY: x" }]));
});
